import { refuse } from '../../core/errors.ts'
import { findConflict } from '../../store/sync/conflicts.ts'
import type { App } from '../app.ts'
import { type ConflictInList, named } from './list-conflicts.ts'

/** One conflict of a company, settled ones included, or the refusal `request.not-found`. */
export async function showConflict(app: App, companyId: number, id: number): Promise<ConflictInList> {
  const row = await findConflict(app.db, companyId, id)
  const [conflict] = row === null ? [] : await named(app, companyId, [row])
  return conflict ?? refuse('request.not-found', 'The company has no such conflict.')
}
