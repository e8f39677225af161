import { Skeleton } from '@mantine/core'
import { type RowSelectionState, useTable } from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useCallback, useMemo, useRef } from 'react'
import type { LeadList } from '../../lead/paged-list/lead-list.ts'
import { type ListState, rowsOf } from '../../lead/paged-list/list-state.ts'
import { features, leadColumns } from './lead-columns.tsx'
import type { LeadSort } from './lead-filter.ts'
import { LeadRow } from './lead-row.tsx'
import classes from './leads.module.css'
import { TableHead } from './table-head.tsx'
import { useRowKeys } from './use-row-keys.ts'
import { useShownPages } from './use-shown-pages.ts'

export interface LeadTableProps {
  readonly list: LeadList
  readonly state: ListState
  readonly sort: LeadSort
  readonly visibility: Readonly<Record<string, boolean>>
  readonly selection: RowSelectionState
  readonly onSort: (sort: LeadSort) => void
  readonly onSelect: (selection: RowSelectionState) => void
  readonly onOpen: (id: number) => void
}

const ROW_HEIGHT = 54
const OVERSCAN = 12

/** The leads as a table. Only the rows near what is seen are in the page, whatever the length of the list. */
export function LeadTable({ list, state, visibility, selection, onSelect, onOpen, ...order }: LeadTableProps) {
  const box = useRef<HTMLDivElement>(null)
  const { rows, first, shown, above, below, scrollTo } = useWindow(list, state, box)
  const data = useMemo(() => shown.flatMap(({ card }) => card ?? []), [shown])
  const columnVisibility = useMemo(() => ({ ...visibility }), [visibility])
  const table = useTable({
    features,
    columns: leadColumns,
    data,
    getRowId: (lead) => String(lead.id),
    state: { columnVisibility, rowSelection: selection },
    onRowSelectionChange: (next) => onSelect(typeof next === 'function' ? next(selection) : next),
  })
  // One function for good, so that a row which did not change is not drawn again.
  const opening = useRef(onOpen)
  opening.current = onOpen
  const open = useCallback((id: number) => opening.current(id), [])
  const byId = new Map(table.getRowModel().rows.map((row) => [row.id, row]))
  const columns = table.getVisibleLeafColumns()
  useRowKeys({ rows, toggle: (id) => byId.get(String(id))?.toggleSelected(), scrollTo })
  return (
    <div className={classes['frame'] ?? ''}>
      <div ref={box} className={classes['box'] ?? ''}>
        <table className={classes['table'] ?? ''} aria-rowcount={state.countIsExact ? state.count + 1 : -1}>
          <TableHead columns={columns} rows={rows} selection={selection} onSelect={onSelect} {...order} />
          <tbody>
            <Spacer height={above} columns={columns.length} />
            {shown.map(({ id }, offset) => (
              <LeadRow
                key={id}
                row={byId.get(String(id)) ?? null}
                columns={columns}
                index={first + offset}
                isSelected={selection[String(id)] === true}
                onOpen={open}
              />
            ))}
            <Spacer height={below} columns={columns.length} />
          </tbody>
        </table>
        {state.nextCursor !== null && <Skeleton height={ROW_HEIGHT - 24} m={12} w="auto" />}
      </div>
    </div>
  )
}

/** The rows near what is seen, and the height of those before and after them. */
function useWindow(list: LeadList, state: ListState, box: RefObject<HTMLDivElement | null>) {
  const rows = rowsOf(state)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    useFlushSync: false,
    scrollPaddingStart: ROW_HEIGHT,
  })
  const items = virtualizer.getVirtualItems()
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? -1]
  useShownPages(list, state, first, last)
  return {
    rows,
    first,
    shown: useMemo(() => rows.slice(first, last + 1), [rows, first, last]),
    above: items[0]?.start ?? 0,
    below: virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0),
    scrollTo: (index: number) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  }
}

/** Stands for the rows that are not in the page. */
function Spacer({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null
  return (
    <tr aria-hidden>
      <td colSpan={columns} className={classes['gap'] ?? ''} style={{ height }} />
    </tr>
  )
}
