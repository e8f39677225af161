import { Center } from '@mantine/core'
import { IconMapQuestion } from '@tabler/icons-react'
import { Outlet } from '@tanstack/react-router'
import { EmptyState } from '../ui/empty-state.tsx'
import { ButtonLink } from '../ui/links.tsx'

/** The frame of every page, signed in or not. */
export function Root() {
  return <Outlet />
}

export function NotFound() {
  return (
    <Center mih="70dvh">
      <EmptyState
        icon={IconMapQuestion}
        title="There is no page at this address"
        isPage
        action={
          <ButtonLink to="/" mt="sm">
            Go to Today
          </ButtonLink>
        }
      >
        The link may be old or mistyped. Everything that you can reach starts from Today.
      </EmptyState>
    </Center>
  )
}
