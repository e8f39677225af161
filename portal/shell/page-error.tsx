import { Container } from '@mantine/core'
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { CodeMissing } from '../ui/code.ts'
import { ErrorState } from '../ui/error-state.tsx'

/** Stands in for a page that failed; the rest of the portal goes on. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const again = () => {
    // A browser may remember that a file did not come for as long as the page stands.
    if (error instanceof CodeMissing) return window.location.reload()
    reset()
    void router.invalidate()
  }
  return (
    <Container size="sm" py="xl">
      <ErrorState error={error} onRetry={again} title="This page could not be shown" />
    </Container>
  )
}
