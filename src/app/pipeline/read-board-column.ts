import { NO_FILTER } from '../../core/lead/lead-filter.ts'
import type { BoardStage } from '../../core/lead/status-rules.ts'
import type { App, Principal } from '../app.ts'
import { type BoardColumn, type BoardScope, columnPlace, readColumns } from './read-columns.ts'
import { resolveFilter } from './resolve-filter.ts'

export interface ColumnWish {
  readonly stage: BoardStage
  readonly scope: BoardScope
  readonly cursor: string | null
  readonly limit: number
}

/** One page of one column of the board. Refuses a cursor of another column. */
export async function readBoardColumn(app: App, caller: Principal, wish: ColumnWish): Promise<BoardColumn> {
  const { stage, scope, cursor, limit } = wish
  const after = cursor === null ? null : columnPlace(stage, scope, cursor)
  const filter = await resolveFilter(app, caller, { ...NO_FILTER, stages: [stage], ...scope })
  const [column] = await readColumns(app, filter, { stages: [stage], scope, after, limit })
  if (column === undefined) throw new Error('A column was asked for.')
  return column
}
