import { Button, Skeleton, Text } from '@mantine/core'
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useCallback, useEffect, useRef } from 'react'
import type { BoardStage } from '../../api/keys.ts'
import type { LeadCard } from '../../api/types.ts'
import { type ListState, rowsOf } from '../../lead/paged-list/list-state.ts'
import { messageOf } from '../../ui/error-state.tsx'
import classes from './board.module.css'
import type { BoardStore } from './board-store.ts'
import { EMPTY_WORDS } from './stage-words.ts'

export interface CardListProps {
  readonly store: BoardStore
  readonly stage: BoardStage
  readonly column: ListState
  /** Says that nothing was found rather than that nothing is there. */
  readonly isSearch: boolean
  /** The lead that is being dragged stays in the page, wherever the list is scrolled to. */
  readonly heldId: number | null
  readonly renderCard: (card: LeadCard) => ReactNode
}

const CARD_HEIGHT = 112
const GAP = 8
const OVERSCAN = 4
/** The next page is asked for when so many cards are left below. */
const AHEAD = 12

/** The cards of a column: only those near what is seen are in the page. */
export function CardList(props: CardListProps) {
  const { column, store, stage, isSearch } = props
  const isLooking = rowsOf(column).length === 0 && column.nextCursor !== null
  if (column.phase === 'loading' || isLooking) return <Waiting />
  if (column.phase === 'failed') {
    return (
      <div className={classes['note'] ?? ''} role="alert">
        <Text size="sm">{messageOf(column.error)}</Text>
        <Button size="xs" variant="default" mt="xs" onClick={() => store.list(stage).retry()}>
          Try again
        </Button>
      </div>
    )
  }
  if (rowsOf(column).length === 0) {
    return (
      <Text size="sm" c="dimmed" className={classes['note'] ?? ''}>
        {isSearch ? 'Nothing found here.' : EMPTY_WORDS[stage]}
      </Text>
    )
  }
  return <Cards {...props} />
}

function Cards({ store, stage, column, heldId, renderCard }: CardListProps) {
  const box = useRef<HTMLDivElement>(null)
  const rows = rowsOf(column)
  const held = heldId === null ? -1 : rows.findIndex(({ id }) => id === heldId)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => CARD_HEIGHT,
    gap: GAP,
    overscan: OVERSCAN,
    useFlushSync: false,
    getItemKey: (index) => rows[index]?.id ?? index,
    rangeExtractor: useCallback((range: Range) => rangeWith(range, held), [held]),
  })
  const items = virtualizer.getVirtualItems()
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0]
  const [firstPage, lastPage] = [rows[first]?.page ?? 0, rows[last]?.page ?? 0]
  useEffect(() => store.list(stage).show(firstPage, lastPage), [store, stage, firstPage, lastPage])
  useEffect(() => {
    // A page may come empty, and the next one go on looking: so the cursor counts as news, too.
    if (column.nextCursor !== null && last >= rows.length - AHEAD) store.list(stage).loadMore()
  }, [store, stage, last, rows.length, column.nextCursor])
  return (
    <div ref={box} className={classes['scroll'] ?? ''}>
      <ul className={classes['list'] ?? ''} style={{ height: virtualizer.getTotalSize() }}>
        {items.map(({ key, index, start }) => {
          const card = rows[index]?.card ?? null
          return (
            <li
              key={key}
              data-index={index}
              ref={virtualizer.measureElement}
              className={classes['item'] ?? ''}
              style={{ transform: `translateY(${start}px)` }}
              aria-posinset={index + 1}
              aria-setsize={column.countIsExact ? column.count : -1}
            >
              {card === null ? <Skeleton height={CARD_HEIGHT} radius="md" /> : renderCard(card)}
            </li>
          )
        })}
      </ul>
      {column.nextCursor !== null && <Skeleton height={CARD_HEIGHT / 2} radius="md" mt={GAP} mb={GAP} />}
    </div>
  )
}

function rangeWith(range: Range, held: number): number[] {
  const shown = defaultRangeExtractor(range)
  if (held < 0 || held >= range.count || shown.includes(held)) return shown
  return [...shown, held].sort((one, other) => one - other)
}

function Waiting() {
  return (
    <div className={classes['scroll'] ?? ''} role="status" aria-label="Loading">
      {[0, 1, 2].map((place) => (
        <Skeleton key={place} height={CARD_HEIGHT} radius="md" mb={GAP} style={{ opacity: 1 - place * 0.3 }} />
      ))}
    </div>
  )
}
