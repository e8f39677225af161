import { Alert, Group, Text } from '@mantine/core'
import { IconArrowsSplit2 } from '@tabler/icons-react'
import { useConflictCount } from '../../../api/queries/conflicts.ts'
import { formatCount } from '../../../format.ts'
import { ButtonLink } from '../../../ui/links.tsx'

/** Leads to the conflicts that wait, where there are any. */
export function ConflictsNotice() {
  const count = useConflictCount(true)
  if (count === 0) return null
  return (
    <Alert color="amber" variant="light" icon={<IconArrowsSplit2 aria-hidden />}>
      <Group justify="space-between" gap="sm">
        <Text size="sm">
          {count === 1 ? 'One field was' : `${formatCount(count)} fields were`} changed on both sides, or refused there.
        </Text>
        <ButtonLink to="/conflicts" size="xs" variant="default">
          {count === 1 ? 'Settle it' : 'Settle them'}
        </ButtonLink>
      </Group>
    </Alert>
  )
}
