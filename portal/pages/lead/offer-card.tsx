import { Button, Group, Paper, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { Lead } from '../../api/types.ts'
import { useAccept } from '../../lead/dialogs/use-accept.ts'
import { LaterDialog, lazyPart } from '../../ui/later.tsx'
import { TimeAgo } from '../../ui/time-text.tsx'

const DeclineDialog = lazyPart(() => import('../../lead/dialogs/decline-dialog.tsx'), 'DeclineDialog')

/** An offer that waits for its answer. */
export function OfferCard({ lead }: { lead: Lead }) {
  const accept = useAccept()
  const [isDeclining, setIsDeclining] = useState(false)
  return (
    <Paper withBorder radius="lg" p="lg" bg="var(--mantine-color-amber-light)" component="section" aria-label="Offer">
      <Group justify="space-between" gap="md">
        <div>
          <Title order={2} size="h3">
            This offer waits for your answer
          </Title>
          <Text size="sm" mt={4}>
            Offered <TimeAgo at={lead.createdAt} />. The customer's contact details open once you accept.
          </Text>
        </div>
        <Group gap="xs">
          <Button loading={accept.isPending} onClick={() => accept.mutate(lead.id)}>
            Accept
          </Button>
          <Button variant="default" onClick={() => setIsDeclining(true)}>
            Decline
          </Button>
        </Group>
      </Group>
      <LaterDialog opened={isDeclining}>
        {(opened) => <DeclineDialog lead={opened ? lead : null} onClose={() => setIsDeclining(false)} />}
      </LaterDialog>
    </Paper>
  )
}
