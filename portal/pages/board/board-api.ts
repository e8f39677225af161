import { call } from '../../api/client.ts'
import type { AssigneeFilter, BoardStage } from '../../api/keys.ts'
import type { Board, BoardPage } from '../../api/types.ts'
import { PAGE_SIZE, type PageWish } from '../../lead/paged-list/lead-list.ts'
import type { ListAnswer } from '../../lead/paged-list/list-state.ts'

/** What the board shows: everybody's leads or one assignee's, and with a search only what it finds. */
export interface BoardScope {
  readonly assignee: AssigneeFilter
  readonly q: string
}

/** The first page of every column at once. */
export async function fetchBoard(scope: BoardScope, signal: AbortSignal): Promise<Map<BoardStage, ListAnswer>> {
  const { columns } = await call<Board>('/board', { query: { limit: PAGE_SIZE, ...queryOf(scope) }, signal })
  return new Map(columns.map((column) => [column.boardStage, column]))
}

/** A page of one column. */
export function fetchColumn(
  scope: BoardScope,
  stage: BoardStage,
  { cursor, limit, signal }: PageWish,
): Promise<ListAnswer> {
  return call<BoardPage>(`/board/${encodeURIComponent(stage)}`, { query: { cursor, limit, ...queryOf(scope) }, signal })
}

function queryOf({ assignee, q }: BoardScope) {
  return { assignee, q: q === '' ? undefined : q }
}
