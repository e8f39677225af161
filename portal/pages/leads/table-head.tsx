import { Checkbox, UnstyledButton } from '@mantine/core'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import type { Column, RowSelectionState } from '@tanstack/react-table'
import type { LeadCard } from '../../api/types.ts'
import type { Row } from '../../lead/paged-list/list-state.ts'
import type { ColumnLook, features } from './lead-columns.tsx'
import { FIRST_SORT, type LeadSort } from './lead-filter.ts'
import classes from './leads.module.css'

export interface TableHeadProps {
  readonly columns: readonly Column<typeof features, LeadCard>[]
  readonly rows: readonly Row[]
  readonly selection: RowSelectionState
  readonly sort: LeadSort
  readonly onSort: (sort: LeadSort) => void
  readonly onSelect: (selection: RowSelectionState) => void
}

/** So many leads can be assigned at once. */
const SELECTED_MAX = 500
const ASCENDING: readonly LeadSort[] = ['oldest', 'name', 'next-action']

/** The heads of the columns: what they hold, how wide they are, and the order of the list. */
export function TableHead({ columns, rows, selection, sort, onSort, onSelect }: TableHeadProps) {
  return (
    <>
      <caption className={classes['hidden'] ?? ''}>Leads</caption>
      <colgroup>
        {columns.map(({ id, columnDef: { meta } }) => (
          <col key={id} style={{ width: meta?.width }} />
        ))}
      </colgroup>
      <thead>
        <tr aria-rowindex={1}>
          {columns.map(({ id, columnDef: { meta } }) =>
            id === 'select' ? (
              <th key={id} scope="col">
                <SelectAll rows={rows} selection={selection} onSelect={onSelect} />
              </th>
            ) : (
              <SortHead key={id} look={meta} sort={sort} onSort={onSort} />
            ),
          )}
        </tr>
      </thead>
    </>
  )
}

interface SortHeadProps extends Pick<TableHeadProps, 'sort' | 'onSort'> {
  readonly look: ColumnLook | undefined
}

/** A column's head, and a button where the list can be put in its order. */
function SortHead({ look, sort, onSort }: SortHeadProps) {
  const sorts = look?.sorts ?? []
  const isSorted = sorts.includes(sort)
  const isAscending = ASCENDING.includes(sort)
  if (sorts.length === 0) {
    return (
      <th scope="col" data-end={look?.end || undefined}>
        {look?.label}
      </th>
    )
  }
  // A head of one order switches it on and off, one of two turns it around.
  const next = isSorted ? (sorts[sorts.indexOf(sort) + 1] ?? FIRST_SORT) : (sorts[0] ?? FIRST_SORT)
  const Arrow = isAscending ? IconArrowUp : IconArrowDown
  return (
    <th
      scope="col"
      data-end={look?.end || undefined}
      aria-sort={isSorted ? (isAscending ? 'ascending' : 'descending') : 'none'}
    >
      <UnstyledButton
        className={classes['sort'] ?? ''}
        data-sorted={isSorted || undefined}
        onClick={() => onSort(next)}
      >
        {look?.label}
        {isSorted && <Arrow size={14} aria-hidden />}
      </UnstyledButton>
    </th>
  )
}

/** Selects the rows that have been loaded, as many as can be assigned at once. */
function SelectAll({ rows, selection, onSelect }: Pick<TableHeadProps, 'rows' | 'selection' | 'onSelect'>) {
  const ids = rows.slice(0, SELECTED_MAX).map(({ id }) => String(id))
  const chosen = Object.keys(selection).length
  const isAll = ids.length > 0 && ids.every((id) => selection[id])
  return (
    <Checkbox
      size="xs"
      aria-label={`Select the ${ids.length} leads shown so far`}
      checked={isAll}
      indeterminate={!isAll && chosen > 0}
      onChange={() => onSelect(isAll ? {} : Object.fromEntries(ids.map((id) => [id, true as const])))}
    />
  )
}
