import { refuse } from '../../core/errors.ts'
import { findUserNames, isActiveUser } from '../../store/assignees.ts'
import type { App } from '../app.ts'

/** The names of users of the company by id, in one statement; none for ids that the company does not have. */
export async function nameAssignees(
  app: App,
  companyId: number,
  userIds: Iterable<number | null>,
): Promise<ReadonlyMap<number, string>> {
  const wanted = [...new Set(userIds)].filter((id) => id !== null)
  if (wanted.length === 0) return new Map()
  const users = await findUserNames(app.db, companyId, wanted)
  return new Map(users.map(({ id, name }) => [id, name]))
}

/** Refuses an assignee who is not an active user of the company; null and undefined name nobody. */
export async function requireAssignee(
  app: App,
  companyId: number,
  assigneeId: number | null | undefined,
): Promise<void> {
  if (assigneeId === null || assigneeId === undefined) return
  if (await isActiveUser(app.db, companyId, assigneeId)) return
  refuse('field.invalid', '{assigneeId} must be the id of an active user of the company.', { field: 'assigneeId' })
}
