import { Checkbox, Group, Skeleton, Text } from '@mantine/core'
import type { RowSelectionState } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import type { LeadCard } from '../../api/types.ts'
import type { LeadList } from '../../lead/paged-list/lead-list.ts'
import { type ListState, rowsOf } from '../../lead/paged-list/list-state.ts'
import { LeadName, placeOf } from '../../ui/lead-name.tsx'
import { MoneyText } from '../../ui/money-text.tsx'
import { StageBadge } from '../../ui/stage-badge.tsx'
import { TimeAgo } from '../../ui/time-text.tsx'
import { UserAvatar } from '../../ui/user-avatar.tsx'
import classes from './leads.module.css'
import { useShownPages } from './use-shown-pages.ts'

const CARD_HEIGHT = 104
const GAP = 8

export interface CardSelection {
  readonly selected: RowSelectionState
  readonly onSelect: (selected: RowSelectionState) => void
}

export interface LeadCardsProps {
  readonly list: LeadList
  readonly state: ListState
  /** null: a tap opens a lead; else each card has a box to be ticked, too. */
  readonly selection: CardSelection | null
}

/** The leads as cards below one another, for a phone. */
export function LeadCards({ list, state, selection }: LeadCardsProps) {
  const box = useRef<HTMLDivElement>(null)
  const rows = rowsOf(state)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => CARD_HEIGHT,
    gap: GAP,
    overscan: 6,
    useFlushSync: false,
    getItemKey: (index) => rows[index]?.id ?? index,
  })
  const items = virtualizer.getVirtualItems()
  useShownPages(list, state, items[0]?.index ?? 0, items.at(-1)?.index ?? -1)
  return (
    <div ref={box} className={classes['box'] ?? ''}>
      <ul className={classes['cards'] ?? ''} style={{ height: virtualizer.getTotalSize() }}>
        {items.map(({ key, index, start }) => {
          const card = rows[index]?.card ?? null
          return (
            <li
              key={key}
              data-index={index}
              ref={virtualizer.measureElement}
              style={{ transform: `translateY(${start}px)` }}
              aria-posinset={index + 1}
              aria-setsize={state.countIsExact ? state.count : -1}
            >
              {card === null ? (
                <Skeleton height={CARD_HEIGHT} radius="md" />
              ) : (
                <PhoneCard lead={card} selection={selection} />
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** The name is the link; its area covers the whole card, but for the box. */
function PhoneCard({ lead, selection }: { lead: LeadCard; selection: CardSelection | null }) {
  // An offer's customer has no name yet: it is called by what is asked for.
  const category = lead.category === lead.name ? 'Offer without an answer' : lead.category
  const about = [category, placeOf(lead)].filter((part) => part !== null).join(' · ')
  return (
    <article className={classes['phoneCard'] ?? ''} data-selecting={selection !== null || undefined}>
      {selection !== null && (
        <Checkbox
          size="md"
          className={classes['cardBox'] ?? ''}
          aria-label={`Select ${lead.name}`}
          checked={selection.selected[String(lead.id)] === true}
          onChange={() => selection.onSelect(toggled(selection.selected, lead.id))}
        />
      )}
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <LeadName lead={lead} />
        {lead.assignee !== null && <UserAvatar user={lead.assignee} size={24} />}
      </Group>
      <Text size="sm" c="dimmed" truncate>
        {about === '' ? '–' : about}
      </Text>
      <Group justify="space-between" wrap="nowrap" gap="xs" mt={6}>
        <StageBadge stage={lead.boardStage} size="sm" />
        {lead.requiresAction && (
          <Text size="xs" fw={600} className={classes['due'] ?? ''}>
            Action due
          </Text>
        )}
        <Text size="xs" c="dimmed" ml="auto" component="span">
          {lead.amount === null ? <TimeAgo at={lead.createdAt} /> : <MoneyText amount={lead.amount} />}
        </Text>
      </Group>
    </article>
  )
}

function toggled(selected: RowSelectionState, id: number): RowSelectionState {
  const { [String(id)]: was = false, ...others } = selected
  return was ? others : { ...others, [String(id)]: true }
}
