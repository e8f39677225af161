import {
  ActionIcon,
  type ActionIconProps,
  Anchor,
  type AnchorProps,
  Button,
  type ButtonProps,
  UnstyledButton,
  type UnstyledButtonProps,
} from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, RefAttributes } from 'react'

type Plain<P> = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof P> & RefAttributes<HTMLAnchorElement>

/** The library's links and buttons that go to a page of the portal. */
export const AnchorLink = createLink((props: AnchorProps & Plain<AnchorProps>) => <Anchor {...props} />)
export const ButtonLink = createLink((props: ButtonProps & Plain<ButtonProps>) => <Button component="a" {...props} />)
export const IconLink = createLink((props: ActionIconProps & Plain<ActionIconProps>) => (
  <ActionIcon component="a" {...props} />
))
export const BareLink = createLink((props: UnstyledButtonProps & Plain<UnstyledButtonProps>) => (
  <UnstyledButton component="a" {...props} />
))
