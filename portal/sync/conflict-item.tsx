import { Alert, Badge, Button, Group, Stack, Text } from '@mantine/core'
import { IconMessageX } from '@tabler/icons-react'
import { useRef } from 'react'
import { useSettle } from '../api/queries/conflicts.ts'
import type { SyncConflict } from '../api/types.ts'
import { useCurrency } from '../ui/money-text.tsx'
import { TimeAgo } from '../ui/time-text.tsx'
import { toastDone, toastFailed } from '../ui/toast.tsx'
import classes from './sync.module.css'
import { conflictLines, syncFieldWord } from './sync-words.ts'
import { useGoOn } from './use-go-on.ts'

/** A field that the two sides say differently, with a button for either side. */
export function ConflictItem({ conflict }: { conflict: SyncConflict }) {
  const settle = useSettle()
  const row = useRef<HTMLLIElement>(null)
  const isChosen = useRef(false)
  useGoOn(row, isChosen)
  const word = syncFieldWord(conflict.field)
  const choose = (choice: 'ours' | 'theirs') => {
    isChosen.current = true
    settle.mutate(
      { conflict, choice },
      {
        onSuccess: () => toastDone(doneWords(conflict, choice)),
        onError: (error) => toastFailed(error, 'The conflict is not settled'),
      },
    )
  }
  const chosen = settle.isPending || settle.isSuccess ? settle.variables.choice : null
  return (
    <li ref={row} className={classes.conflict ?? ''} aria-label={word}>
      <Stack gap="sm">
        <Group gap="xs" justify="space-between">
          <Group gap="xs">
            <Text fw={640}>{word}</Text>
            <Badge tt="none" size="sm" variant="light" color={conflict.kind === 'refused' ? 'brick' : 'amber'}>
              {conflict.kind === 'refused' ? 'Refused' : 'Changed on both sides'}
            </Badge>
          </Group>
          <Text size="xs" c="dimmed">
            {conflict.connectionName} · found <TimeAgo at={conflict.openedAt} />
          </Text>
        </Group>
        {conflict.detail !== null && <Detail conflict={conflict} detail={conflict.detail} />}
        <div className={classes.sides}>
          <Side conflict={conflict} side="ours" chosen={chosen} onChoose={choose} />
          <Side conflict={conflict} side="theirs" chosen={chosen} onChoose={choose} />
        </div>
        <Before conflict={conflict} />
      </Stack>
    </li>
  )
}

/** Why one side does not take the other's value, in its own words. */
function Detail({ conflict, detail }: { conflict: SyncConflict; detail: string }) {
  return (
    <Alert
      color={conflict.kind === 'refused' ? 'red' : 'gray'}
      variant="light"
      p="sm"
      icon={<IconMessageX aria-hidden />}
    >
      <Text size="sm" className={classes.wrap ?? ''}>
        {detail}
      </Text>
    </Alert>
  )
}

interface SideProps {
  readonly conflict: SyncConflict
  readonly side: 'ours' | 'theirs'
  readonly chosen: 'ours' | 'theirs' | null
  readonly onChoose: (side: 'ours' | 'theirs') => void
}

function Side({ conflict, side, chosen, onChoose }: SideProps) {
  const at = side === 'ours' ? conflict.oursAt : conflict.theirsAt
  const { title, button } = sideWords(conflict, side)
  return (
    <div className={classes.side}>
      <Group justify="space-between" gap="xs">
        <Text size="xs" fw={640} c="dimmed">
          {title}
        </Text>
        {at !== null && (
          <Text size="xs" c="dimmed">
            changed <TimeAgo at={at} />
          </Text>
        )}
      </Group>
      <Value conflict={conflict} value={conflict[side]} />
      <Button
        size="xs"
        variant={side === 'ours' ? 'light' : 'default'}
        loading={chosen === side}
        disabled={chosen !== null && chosen !== side}
        aria-label={`${button}: ${syncFieldWord(conflict.field)} of ${conflict.leadName}`}
        onClick={() => onChoose(side)}
      >
        {button}
      </Button>
    </div>
  )
}

/** RenovationFind only takes: what it does not take can be sent once more, or left. */
function sideWords({ connectionKind, kind, connectionName }: SyncConflict, side: 'ours' | 'theirs') {
  const isLeft = connectionKind === 'renovationfind' && kind === 'refused'
  if (side === 'ours') return { title: 'Here', button: isLeft ? 'Send it again' : 'Keep ours' }
  return { title: `At ${connectionName}`, button: isLeft ? 'Leave it as it is' : 'Take theirs' }
}

function Value({ conflict, value }: { conflict: SyncConflict; value: unknown }) {
  const [first, ...rest] = conflictLines(conflict, value, useCurrency())
  if (first === undefined) {
    return (
      <Text size="sm" c="dimmed" fs="italic">
        {isUnknown(conflict, value) ? 'not known' : 'empty'}
      </Text>
    )
  }
  return (
    <div>
      <Text fw={560} className={classes.value ?? ''}>
        {first}
      </Text>
      {rest.map((line) => (
        <Text key={line} size="sm" className={classes.value ?? ''}>
          {line}
        </Text>
      ))}
    </div>
  )
}

/** A service that only takes never says what it holds. */
function isUnknown({ connectionKind, theirs }: SyncConflict, value: unknown): boolean {
  return connectionKind === 'renovationfind' && value === theirs
}

function Before({ conflict }: { conflict: SyncConflict }) {
  const lines = conflictLines(conflict, conflict.base, useCurrency())
  if (lines.length === 0) return null
  return (
    <Text size="xs" c="dimmed" className={classes.wrap ?? ''}>
      Before, both had: {lines.join(' · ')}
    </Text>
  )
}

function doneWords({ connectionName, connectionKind, kind }: SyncConflict, choice: 'ours' | 'theirs'): string {
  const isLeft = connectionKind === 'renovationfind' && kind === 'refused'
  if (choice === 'ours')
    return isLeft ? `It is sent to ${connectionName} once more.` : `Ours stands; ${connectionName} gets it.`
  return isLeft ? 'Left as it is.' : 'Theirs stands, here too.'
}
