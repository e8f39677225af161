import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useRuns } from '../../../api/queries/connections.ts'
import type { Connection, SyncRun } from '../../../api/types.ts'
import { formatCount, formatInstant } from '../../../format.ts'
import { movedWords } from '../../../sync/sync-words.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { SideDialog } from '../../../ui/side-dialog.tsx'
import { ListSkeleton } from '../../../ui/skeletons.tsx'
import rows from '../sections/rows.module.css'
import classes from './connections.module.css'

interface Props {
  readonly connection: Connection
  readonly opened: boolean
  readonly onClose: () => void
}

/** What a connection did in the last 30 days. */
export function RunsDrawer({ connection, opened, onClose }: Props) {
  return (
    <SideDialog
      opened={opened}
      onClose={onClose}
      position="right"
      title={`History of ${connection.name}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
      styles={{ title: { fontSize: 'var(--mantine-font-size-lg)', fontWeight: 640 } }}
    >
      {opened && <Runs id={connection.id} running={connection.running} />}
    </SideDialog>
  )
}

function Runs({ id, running }: { id: number; running: boolean }) {
  const pages = useRuns(id)
  const runs = pages.data?.pages.flatMap((page) => page.runs)
  if (pages.error !== null) return <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
  if (runs === undefined) return <ListSkeleton rows={6} height={44} />
  if (runs.length === 0) {
    return (
      <EmptyState compact icon={IconHistory} title="It has not looked yet">
        Each look at the upstream stands here for 30 days: what moved, how many calls it took, what went wrong.
      </EmptyState>
    )
  }
  return (
    <Stack gap="md" align="flex-start">
      <ol className={classes.list} style={{ width: '100%' }}>
        {runs.map((run, place) => (
          <RunItem key={run.id} run={run} isRunning={running && place === 0} />
        ))}
      </ol>
      {pages.hasNextPage && (
        <Button
          variant="subtle"
          size="sm"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          Show earlier
        </Button>
      )}
    </Stack>
  )
}

function RunItem({ run, isRunning }: { run: SyncRun; isRunning: boolean }) {
  return (
    <li className={classes.run}>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="sm" fw={560}>
          {formatInstant(run.startedAt)}
        </Text>
        <End run={run} isRunning={isRunning} />
      </Group>
      <Text size="sm" c="dimmed">
        {movedWords(run) ?? (isRunning ? 'Nothing so far' : 'Nothing moved')} ·{' '}
        {run.calls === 1 ? '1 call' : `${formatCount(run.calls)} calls`}
        {run.endedAt !== null && ` · ${durationWords(run.startedAt, run.endedAt)}`}
      </Text>
      {run.error !== null && (
        <Text size="sm" c="var(--mantine-color-error)" className={rows['wrap'] ?? ''}>
          {run.error.text}
        </Text>
      )}
    </li>
  )
}

function End({ run, isRunning }: { run: SyncRun; isRunning: boolean }) {
  const [word, color] =
    run.error !== null
      ? ['Failed', 'brick']
      : run.endedAt !== null
        ? ['Done', 'leaf']
        : isRunning
          ? ['Running', 'sky']
          : ['Broken off', 'gray']
  return (
    <Badge tt="none" size="sm" variant="light" color={color} style={{ flexShrink: 0 }}>
      {word}
    </Badge>
  )
}

function durationWords(startedAt: string, endedAt: string): string {
  const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000
  return seconds < 1 ? 'under a second' : seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`
}
