import { Button, Paper, Stack, Title } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useId } from 'react'
import { useConflicts } from '../../api/queries/conflicts.ts'
import type { SyncConflict } from '../../api/types.ts'
import { formatCount } from '../../format.ts'
import { ConflictItem } from '../../sync/conflict-item.tsx'
import classes from '../../sync/sync.module.css'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { AnchorLink, ButtonLink } from '../../ui/links.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ListSkeleton } from '../../ui/skeletons.tsx'

/** Every field of any lead that waits for somebody to say which side is right. */
export function ConflictsPage() {
  const pages = useConflicts(null)
  const count = pages.data?.pages[0]?.openCount
  return (
    <>
      <PageHeader
        title="Conflicts"
        subtitle={
          count === undefined || count === 0
            ? 'What you and a connected account say differently'
            : `${formatCount(count)} ${count === 1 ? 'field' : 'fields'} that you and a connected account say differently`
        }
      />
      <ConflictsBody pages={pages} />
    </>
  )
}

function ConflictsBody({ pages }: { pages: ReturnType<typeof useConflicts> }) {
  const conflicts = pages.data?.pages.flatMap((page) => page.conflicts)
  if (conflicts === undefined) {
    if (pages.error !== null) return <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
    return <ListSkeleton rows={3} height={170} />
  }
  if (conflicts.length === 0) return <NoConflicts />
  return (
    <Stack gap="md" align="flex-start" maw={860}>
      {groupsOf(conflicts).map((group) => (
        <LeadConflicts key={group[0].id} conflicts={group} />
      ))}
      {pages.hasNextPage && (
        <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          Show more
        </Button>
      )}
    </Stack>
  )
}

type Group = [SyncConflict, ...SyncConflict[]]

/** Conflicts of one lead that stand one after the other. */
function groupsOf(conflicts: readonly SyncConflict[]): Group[] {
  const groups: Group[] = []
  for (const conflict of conflicts) {
    const last = groups.at(-1)
    if (last?.[0].leadId === conflict.leadId) last.push(conflict)
    else groups.push([conflict])
  }
  return groups
}

function LeadConflicts({ conflicts }: { conflicts: Group }) {
  const [{ leadId, leadName }] = conflicts
  const titleId = useId()
  return (
    <Paper component="section" withBorder radius="lg" p={{ base: 'md', sm: 'lg' }} w="100%" aria-labelledby={titleId}>
      <Title order={2} size="h3" id={titleId} mb="md">
        <AnchorLink to="/leads/$leadId" params={{ leadId: String(leadId) }} inherit>
          {leadName}
        </AnchorLink>
      </Title>
      <ul className={classes.conflicts ?? ''}>
        {conflicts.map((conflict) => (
          <ConflictItem key={conflict.id} conflict={conflict} />
        ))}
      </ul>
    </Paper>
  )
}

function NoConflicts() {
  return (
    <EmptyState
      icon={IconCircleCheck}
      title="Both sides agree"
      action={
        <ButtonLink to="/settings/$section" params={{ section: 'connections' }} variant="default" mt="sm">
          Connections
        </ButtonLink>
      }
    >
      When you and somebody at a connected account change the same field of a lead to different values, both stand here
      until one of them is chosen.
    </EmptyState>
  )
}
