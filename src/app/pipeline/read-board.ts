import { type AssigneeWish, NO_FILTER } from '../../core/lead/lead-filter.ts'
import { BOARD_STAGES } from '../../core/lead/status-rules.ts'
import type { App, Principal } from '../app.ts'
import { type BoardColumn, readColumns } from './read-columns.ts'
import { resolveFilter } from './resolve-filter.ts'

/** The first page of every column of the board. */
export async function readBoard(
  app: App,
  caller: Principal,
  { assignee, limit }: { assignee: AssigneeWish | null; limit: number },
): Promise<BoardColumn[]> {
  const filter = await resolveFilter(app, caller, { ...NO_FILTER, assignee })
  return readColumns(app, filter, { stages: BOARD_STAGES, assignee, after: null, limit })
}
