import { CloseButton, Group, SegmentedControl, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { BoardScope } from './board-api.ts'
import { EVERYONE } from './use-board-search.ts'

const TYPING_MS = 300
const WHOSE = [
  { value: EVERYONE, label: 'Everyone' },
  { value: 'me', label: 'Mine' },
  { value: 'none', label: 'Nobody’s' },
]

export interface BoardToolbarProps {
  readonly scope: BoardScope
  readonly onChange: (part: Partial<BoardScope>) => void
}

/** Whose leads, and which. */
export function BoardToolbar({ scope, onChange }: BoardToolbarProps) {
  return (
    <Group gap="sm" wrap="wrap">
      <SegmentedControl
        aria-label="Whose leads"
        data={WHOSE}
        value={scope.assignee ?? EVERYONE}
        onChange={(value) => onChange({ assignee: value === EVERYONE ? null : value })}
      />
      <BoardSearch q={scope.q} onChange={(q) => onChange({ q })} />
    </Group>
  )
}

function BoardSearch({ q, onChange }: { q: string; onChange: (q: string) => void }) {
  const [text, setText] = useState(q)
  const input = useRef<HTMLInputElement>(null)
  const say = useDebouncedCallback(onChange, TYPING_MS)
  // The address may change by itself, such as by the back button.
  useEffect(() => {
    if (document.activeElement !== input.current) setText(q)
  }, [q])
  const change = (next: string) => {
    setText(next)
    say(next)
  }
  return (
    <TextInput
      ref={input}
      type="search"
      aria-label="Search the board"
      placeholder="Name, phone, e-mail, address"
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        text === '' ? null : <CloseButton size="sm" aria-label="Clear the search" onClick={() => change('')} />
      }
      w={{ base: '100%', xs: 260 }}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
    />
  )
}
