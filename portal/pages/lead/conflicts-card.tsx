import { Badge, Button, Text } from '@mantine/core'
import { useConflicts } from '../../api/queries/conflicts.ts'
import { ConflictItem } from '../../sync/conflict-item.tsx'
import classes from '../../sync/sync.module.css'
import { Card } from './card.tsx'

/** Fields of the lead that an upstream account says differently; nothing where there are none. */
export function ConflictsCard({ leadId }: { leadId: number }) {
  const pages = useConflicts(leadId)
  const conflicts = pages.data?.pages.flatMap((page) => page.conflicts) ?? []
  if (conflicts.length === 0) return null
  return (
    <Card
      title="Conflicts"
      id="conflicts"
      beside={
        <Badge color="amber" variant="light" tt="none">
          {conflicts.length === 1
            ? '1 to settle'
            : `${conflicts.length}${pages.hasNextPage ? ' and more' : ''} to settle`}
        </Badge>
      }
    >
      <Text size="sm" c="dimmed" mb="md">
        You and a connected account say different things. Choose which is to stand on both sides; everything else stays
        in step meanwhile.
      </Text>
      <ul className={classes.conflicts ?? ''}>
        {conflicts.map((conflict) => (
          <ConflictItem key={conflict.id} conflict={conflict} />
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button variant="subtle" size="sm" mt="sm" onClick={() => void pages.fetchNextPage()}>
          Show more
        </Button>
      )}
    </Card>
  )
}
