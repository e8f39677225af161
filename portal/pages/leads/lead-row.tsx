import { Skeleton } from '@mantine/core'
import { type Column, flexRender, type Row } from '@tanstack/react-table'
import { type MouseEvent, memo } from 'react'
import type { LeadCard } from '../../api/types.ts'
import type { features } from './lead-columns.tsx'

export interface LeadRowProps {
  /** Null while the lead is on its way. */
  readonly row: Row<typeof features, LeadCard> | null
  readonly columns: readonly Column<typeof features, LeadCard>[]
  readonly index: number
  readonly isSelected: boolean
  readonly onOpen: (id: number) => void
}

/**
 * One lead in the table. The table makes its row objects anew with each step of a scroll; the row is drawn again only
 * when what it shows has changed.
 */
export const LeadRow = memo(PlainRow, (before, after) => {
  const isSame = before.row?.original === after.row?.original && before.isSelected === after.isSelected
  return isSame && before.index === after.index && before.columns === after.columns && before.onOpen === after.onOpen
})

function PlainRow({ row, columns, index, isSelected, onOpen }: LeadRowProps) {
  return (
    <tr
      // The head is the first row.
      aria-rowindex={index + 2}
      data-selected={isSelected || undefined}
      onClick={(event) => row !== null && isPlainClick(event) && onOpen(row.original.id)}
    >
      {row === null ? (
        <td colSpan={columns.length}>
          <Skeleton height={14} width="60%" />
        </td>
      ) : (
        row.getVisibleCells().map((cell) => (
          <td key={cell.id} data-end={cell.column.columnDef.meta?.end || undefined}>
            {flexRender(cell.column.columnDef.cell, cell.getContext())}
          </td>
        ))
      )}
    </tr>
  )
}

/** A click that means the row, and not something in it or a stretch of text. */
function isPlainClick(event: MouseEvent<HTMLElement>): boolean {
  const target = event.target instanceof Element ? event.target : null
  if (target === null || target.closest('a, button, input, label') !== null) return false
  return window.getSelection()?.isCollapsed !== false
}
