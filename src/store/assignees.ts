import { plainArray } from '../lib/pg-array.ts'
import type { Db } from './database.ts'

/** Names of those of the users that the company has, in no order; users switched off included. */
export function findUserNames(
  db: Db,
  companyId: number,
  userIds: readonly number[],
): Promise<{ id: number; name: string }[]> {
  return db.query({
    name: 'find-user-names',
    text: 'SELECT id, name FROM app_user WHERE company_id = $1 AND id = ANY ($2::bigint[])',
    values: [companyId, plainArray(userIds)],
  })
}

/** Whether the company has such a user, who is not switched off. */
export async function isActiveUser(db: Db, companyId: number, userId: number): Promise<boolean> {
  const rows = await db.query({
    name: 'is-active-user',
    text: 'SELECT 1 FROM app_user WHERE company_id = $1 AND id = $2 AND active',
    values: [companyId, userId],
  })
  return rows.length > 0
}
