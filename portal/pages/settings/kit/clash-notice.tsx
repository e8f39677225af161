import { Alert, Button, Stack, Text } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import type { Clash } from './use-shared-form.ts'

/** Says that somebody else changed the same, and lets the user look at either. */
export function ClashNotice({ clash }: { clash: Clash | null }) {
  if (clash === null) return null
  return (
    <Alert color="amber" variant="light" icon={<IconUsers />} role="alert" title="Somebody else changed this, too">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">
          {clash.isTheirs
            ? 'This is what they saved. What you typed is kept.'
            : 'Nothing of yours is saved yet. Save puts what you typed in the place of theirs.'}
        </Text>
        <Button size="compact-sm" variant="default" onClick={clash.toggle}>
          {clash.isTheirs ? 'Back to mine' : 'Take theirs'}
        </Button>
      </Stack>
    </Alert>
  )
}
