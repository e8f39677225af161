import { Alert, Button, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { ApiProblem } from '../api/client.ts'

export interface ErrorStateProps {
  readonly error: unknown
  readonly onRetry?: () => void
  readonly title?: string
}

/** Says what went wrong and what to do. */
export function ErrorState({ error, onRetry, title = 'This could not be loaded' }: ErrorStateProps) {
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle />} title={title} role="alert">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{messageOf(error)}</Text>
        {onRetry !== undefined && (
          <Button size="xs" variant="white" color="red" onClick={onRetry}>
            Try again
          </Button>
        )}
      </Stack>
    </Alert>
  )
}

const CUT_SHORT = 'The server was cut short, and nobody knows whether this was done. Look, and try again if it was not.'

/** One sentence for the user; what is not known says nothing of its cause. */
export function messageOf(error: unknown): string {
  if (error instanceof ApiProblem && error.code === 'idempotency.outcome-unknown') return CUT_SHORT
  if (error instanceof ApiProblem && error.retryAfterSeconds !== null) {
    return `${error.message} Try again in ${waitWords(error.retryAfterSeconds)}.`
  }
  return error instanceof Error ? error.message : 'Something went wrong. Reload the page and try again.'
}

/** 90 as "2 minutes". */
export function waitWords(seconds: number): string {
  if (seconds <= 60) return seconds === 1 ? '1 second' : `${seconds} seconds`
  const minutes = Math.ceil(seconds / 60)
  return minutes < 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`
}
