import { Button, Text } from '@mantine/core'
import {
  IconArrowBackUp,
  IconCheck,
  IconEye,
  IconFlag,
  IconInbox,
  IconPaperclip,
  IconPencil,
  IconSparkles,
  IconTrash,
  IconX,
} from '@tabler/icons-react'
import { useTimeline } from '../../api/queries/lead.ts'
import type { TimelineEntry } from '../../api/types.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { useCurrency } from '../../ui/money-text.tsx'
import { ListSkeleton } from '../../ui/skeletons.tsx'
import { TimeAgo } from '../../ui/time-text.tsx'
import { fieldWord } from '../../words-fields.ts'
import { Card } from './card.tsx'
import classes from './lead.module.css'
import { actorWords, doorWords, eventWords, isLook, valueWords } from './timeline-words.ts'

type Entry = TimelineEntry

const ICONS: { readonly [E in Entry['event']]: typeof IconCheck } = {
  'lead.created': IconSparkles,
  'lead.offered': IconInbox,
  'lead.accepted': IconCheck,
  'lead.declined': IconX,
  'lead.status_changed': IconFlag,
  'lead.updated': IconPencil,
  'lead.attachment_added': IconPaperclip,
  'lead.deleted': IconTrash,
  'lead.restored': IconArrowBackUp,
}
/** Longer values are cut: the fields themselves show them whole. */
const VALUE_LENGTH_MAX = 240

/** Everything that happened to the lead, newest first. */
export function TimelineCard({ leadId }: { leadId: number }) {
  const timeline = useTimeline(leadId)
  const entries = timeline.data?.pages.flatMap((page) => page.entries)
  return (
    <Card title="Timeline">
      {entries === undefined && timeline.error === null && <ListSkeleton rows={3} height={44} />}
      {timeline.error !== null && <ErrorState error={timeline.error} onRetry={() => void timeline.refetch()} />}
      {entries !== undefined && (
        <ol className={classes.timeline ?? ''}>
          {entries.map((entry) => (
            <EntryItem key={entry.revision} entry={entry} />
          ))}
        </ol>
      )}
      {timeline.hasNextPage && (
        <Button
          variant="subtle"
          size="sm"
          loading={timeline.isFetchingNextPage}
          onClick={() => void timeline.fetchNextPage()}
        >
          Show earlier
        </Button>
      )}
    </Card>
  )
}

function EntryItem({ entry }: { entry: Entry }) {
  const Icon = isLook(entry) ? IconEye : (ICONS[entry.event] ?? IconPencil)
  const door = doorWords(entry)
  const isBirth = entry.revision === 1
  return (
    <li className={classes.entry ?? ''}>
      <span className={classes.mark ?? ''} aria-hidden>
        <Icon size={15} stroke={1.8} />
      </span>
      <Text size="sm">
        <strong>{actorWords(entry)}</strong> {eventWords(entry)}
        {door !== '' && <Text span inherit c="dimmed">{` ${door}`}</Text>}
      </Text>
      <Text size="xs" c="dimmed" component="div">
        <TimeAgo at={entry.at} />
      </Text>
      {!isBirth && <Changes entry={entry} />}
    </li>
  )
}

function Changes({ entry }: { entry: Entry }) {
  const currency = useCurrency()
  const told = entry.changes.filter(
    ({ field }) => !['viewed', 'action', 'actionAt', 'deletedAt', 'convertedAt'].includes(field),
  )
  if (told.length === 0) return null
  return (
    <ul className={classes.changes ?? ''}>
      {told.map(({ field, old, new: now }) => (
        <li key={field}>
          <Text span inherit c="dimmed">
            {fieldWord(field)}:
          </Text>{' '}
          <OldAndNew
            old={valueWords(field, without(old, now), currency)}
            now={valueWords(field, without(now, old), currency)}
            ended={Array.isArray(now) ? '' : ' (emptied)'}
          />
        </li>
      ))}
    </ul>
  )
}

/** Of a list only what the other does not have: nothing is told of the files that stayed. */
function without(value: unknown, other: unknown): unknown {
  if (!Array.isArray(value) || !Array.isArray(other)) return value
  const kept = new Set(other.map((each) => JSON.stringify(each)))
  return value.filter((each) => !kept.has(JSON.stringify(each)))
}

interface OldAndNewProps {
  readonly old: string | null
  readonly now: string | null
  /** Said behind an old value that no new one follows. */
  readonly ended: string
}

function OldAndNew({ old, now, ended }: OldAndNewProps) {
  return (
    <>
      {old !== null && (
        <>
          <del className={classes.old ?? ''}>{cut(old)}</del>
          {now !== null && <span aria-hidden> → </span>}
        </>
      )}
      {now !== null ? <ins style={{ textDecoration: 'none' }}>{cut(now)}</ins> : old === null ? 'changed' : ended}
    </>
  )
}

function cut(text: string): string {
  return text.length > VALUE_LENGTH_MAX ? `${text.slice(0, VALUE_LENGTH_MAX)}…` : text
}
