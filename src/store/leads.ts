import type { Lead } from '../core/lead/lead.ts'
import type { Db } from './database.ts'
import { LEAD_SELECT } from './lead-columns.ts'

/** One lead, deleted ones included, or null. */
export async function findLead(db: Db, companyId: number, leadId: number): Promise<Lead | null> {
  const rows = await db.query<Lead>({
    name: 'find-lead',
    text: `SELECT ${LEAD_SELECT} FROM lead WHERE company_id = $1 AND id = $2`,
    values: [companyId, leadId],
  })
  return rows[0] ?? null
}
