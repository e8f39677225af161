import { Button, Checkbox, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { WebhookEndpoint } from '../../../api/types.ts'
import { formatInstant } from '../../../format.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { toastDone, toastFailed } from '../../../ui/toast.tsx'
import { messageWords } from './replay-dialog.tsx'
import { editEndpoint, replay } from './webhook-queries.ts'

interface Props {
  readonly endpoint: WebhookEndpoint
  readonly onClose: () => void
}

/** Switches an endpoint on again, and sends what it has missed if that is wished. */
export function EnableDialog({ endpoint, onClose }: Props) {
  const since = endpoint.failingSince ?? endpoint.disabledAt
  const [withMissed, setWithMissed] = useState(true)
  const enable = useMutation({
    mutationFn: async () => {
      await editEndpoint(endpoint.id, { enabled: true })
      return withMissed && since !== null ? replay(endpoint.id, { since }) : 0
    },
    onSuccess: (queued) =>
      toastDone(queued === 0 ? 'The endpoint is on' : `The endpoint is on; ${messageWords(queued)} it had missed`),
    onError: (failure) => toastFailed(failure),
    onSettled: onClose,
  })
  return (
    <Dialog opened onClose={onClose} title="Switch the endpoint on?" size="sm">
      <Stack gap="lg">
        <Text size="sm">What waits for it is sent first, in its order.</Text>
        {since !== null && (
          <Checkbox
            label="Send what it has missed, too"
            description={`Everything since ${formatInstant(since)} that its events let through.`}
            checked={withMissed}
            onChange={(event) => setWithMissed(event.currentTarget.checked)}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button loading={enable.isPending} onClick={() => enable.mutate()} data-autofocus>
            Switch on
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
