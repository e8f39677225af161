import { NO_FILTER } from '../../core/lead/lead-filter.ts'
import { BOARD_STAGES } from '../../core/lead/status-rules.ts'
import type { App, Principal } from '../app.ts'
import { type BoardColumn, type BoardScope, readColumns } from './read-columns.ts'
import { resolveFilter } from './resolve-filter.ts'

/** The first page of every column of the board. */
export async function readBoard(
  app: App,
  caller: Principal,
  { scope, limit }: { scope: BoardScope; limit: number },
): Promise<BoardColumn[]> {
  const filter = await resolveFilter(app, caller, { ...NO_FILTER, ...scope })
  return readColumns(app, filter, { stages: BOARD_STAGES, scope, after: null, limit })
}
