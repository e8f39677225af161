import { call } from '../../api/client.ts'
import type { AssigneeFilter, BoardStage } from '../../api/keys.ts'
import type { Board, BoardPage, LeadPage } from '../../api/types.ts'
import { PAGE_SIZE, type PageWish } from '../../lead/paged-list/lead-list.ts'
import type { ListAnswer } from '../../lead/paged-list/list-state.ts'

/** What the board shows: everybody's leads or one assignee's, and with a search only what it finds. */
export interface BoardScope {
  readonly assignee: AssigneeFilter
  readonly q: string
}

/** The first page of every column at once; not for a search, which goes column by column. */
export async function fetchBoard({ assignee }: BoardScope, signal: AbortSignal): Promise<Map<BoardStage, ListAnswer>> {
  const { columns } = await call<Board>('/board', { query: { limit: PAGE_SIZE, assignee }, signal })
  return new Map(columns.map((column) => [column.boardStage, { ...column, countIsExact: true }]))
}

/** A page of one column. */
export async function fetchColumn(
  { assignee, q }: BoardScope,
  stage: BoardStage,
  { cursor, limit, signal }: PageWish,
): Promise<ListAnswer> {
  const query = { cursor, limit, assignee }
  if (q === '') {
    const page = await call<BoardPage>(`/board/${encodeURIComponent(stage)}`, { query, signal })
    return { ...page, countIsExact: true }
  }
  const page = await call<LeadPage>('/leads', { query: { ...query, q, boardStage: [stage] }, signal })
  return { ...page, count: page.total, countIsExact: page.totalIsExact, amount: null }
}
