import { Alert, Group, Text } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useDuplicates } from '../../api/queries/lead.ts'
import type { Lead } from '../../api/types.ts'
import { LeadName } from '../../ui/lead-name.tsx'
import { StageBadge } from '../../ui/stage-badge.tsx'

const SHOWN_MAX = 4

/** Says which other leads are likely of the same customer. */
export function DuplicatesNote({ lead }: { lead: Lead }) {
  const { data } = useDuplicates(lead.email ?? '', lead.phone ?? lead.mobilePhone ?? '', lead.id)
  const others = data?.filter(({ id }) => id !== lead.id) ?? []
  if (others.length === 0) return null
  return (
    <Alert color="sky" variant="light" icon={<IconCopy />} title="Perhaps the same customer">
      <Text size="sm" mb={6}>
        {others.length === 1 ? 'Another lead has' : 'Other leads have'} the same e-mail address or phone number:
      </Text>
      {others.slice(0, SHOWN_MAX).map((other) => (
        <Group key={other.id} gap="xs" mb={4}>
          <LeadName lead={other} />
          <StageBadge stage={other.boardStage} size="sm" />
          {other.category !== null && (
            <Text size="sm" c="dimmed">
              {other.category}
            </Text>
          )}
        </Group>
      ))}
      {others.length > SHOWN_MAX && <Text size="sm">and {others.length - SHOWN_MAX} more</Text>}
    </Alert>
  )
}
