import { useEffect } from 'react'
import type { LeadList } from '../../lead/paged-list/lead-list.ts'
import { type ListState, rowsOf } from '../../lead/paged-list/list-state.ts'

/** The next page is asked for when so many rows are left below. */
const AHEAD = 20

/** Keeps the list's pages near what is seen, and asks for more before the end comes into sight. */
export function useShownPages(list: LeadList, state: ListState, first: number, last: number): void {
  const rows = rowsOf(state)
  const [firstPage, lastPage] = [rows[first]?.page ?? 0, rows[Math.max(0, last)]?.page ?? 0]
  useEffect(() => list.show(firstPage, lastPage), [list, firstPage, lastPage])
  const isNearEnd = rows.length > 0 && last >= rows.length - AHEAD
  const { nextCursor } = state
  useEffect(() => {
    if (isNearEnd && nextCursor !== null) list.loadMore()
  }, [list, isNearEnd, nextCursor])
}
