import { Outlet } from '@tanstack/react-router'
import { OutsideFrame } from '../pages/sign-in/outside-frame.tsx'
import { ButtonLink } from '../ui/links.tsx'

/** The frame of every page, signed in or not. */
export function Root() {
  return <Outlet />
}

/** Whoever asks may be signed in or not: what their first page is, the way to it finds out. */
export function NotFound() {
  return (
    <OutsideFrame title="There is no page at this address" intro="The link may be old or mistyped.">
      <ButtonLink to="/" fullWidth size="md">
        Go to the first page
      </ButtonLink>
    </OutsideFrame>
  )
}
