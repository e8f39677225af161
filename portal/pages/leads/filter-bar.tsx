import { Button, CloseButton, Group, Indicator, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconFilter, IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { LeadFilter } from '../../api/keys.ts'
import { countFilters, FIRST_SORT, isSort, SORT_WORDS } from './lead-filter.ts'
import type { ChangeFilter } from './use-lead-filter.ts'
import { SEARCH_ID } from './use-row-keys.ts'

export interface FilterBarProps {
  readonly filter: LeadFilter
  readonly onChange: ChangeFilter
  readonly onOpenFilters: () => void
}

const TYPING_MS = 250
const SORTS = Object.entries(SORT_WORDS).map(([value, label]) => ({ value, label }))

/** Search, filters and order. */
export function FilterBar({ filter, onChange, onOpenFilters }: FilterBarProps) {
  const { q: _, ...others } = filter
  const count = countFilters(others)
  return (
    <Group gap="xs" mb="sm" wrap="wrap">
      <SearchInput q={filter.q ?? ''} onChange={(q) => onChange({ q: q === '' ? undefined : q })} />
      <Indicator label={count} size={18} disabled={count === 0} color="spruce" offset={4}>
        <Button variant="default" leftSection={<IconFilter size={16} aria-hidden />} onClick={onOpenFilters}>
          Filters
        </Button>
      </Indicator>
      <NativeSelect
        aria-label="Order"
        data={SORTS}
        w={160}
        value={filter.sort ?? FIRST_SORT}
        onChange={({ currentTarget: { value } }) => {
          if (isSort(value)) onChange({ sort: value === FIRST_SORT ? undefined : value })
        }}
      />
    </Group>
  )
}

function SearchInput({ q, onChange }: { q: string; onChange: (q: string) => void }) {
  const [text, setText] = useState(q)
  const input = useRef<HTMLInputElement>(null)
  const say = useDebouncedCallback(onChange, TYPING_MS)
  // The address may change by itself, such as by a saved view or the back button.
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
      id={SEARCH_ID}
      type="search"
      aria-label="Search leads"
      placeholder="Name, phone, e-mail, address"
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        text === '' ? null : <CloseButton size="sm" aria-label="Clear the search" onClick={() => change('')} />
      }
      flex={{ base: '1 1 100%', xs: '0 1 340px' }}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') input.current?.blur()
      }}
    />
  )
}
