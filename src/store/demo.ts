import type { Lead } from '../core/lead/lead.ts'
import type { LeadStatus } from '../core/lead/status-rules.ts'
import type { Db, Tx } from './database.ts'
import { LEAD_SELECT } from './lead-columns.ts'

/** Any fixed number other than the migrations': it only has to be the same in every process that seeds. */
const DEMO_LOCK = 7_233_912

/** One process at a time prepares the demo; the lock ends with the transaction. */
export async function lockDemo(tx: Tx): Promise<void> {
  await tx.query({ text: 'SELECT pg_advisory_xact_lock($1)', values: [DEMO_LOCK] })
}

export async function hasAnyCompany(db: Db): Promise<boolean> {
  const rows = await db.query({ text: 'SELECT 1 FROM company LIMIT 1' })
  return rows.length > 0
}

/** Up to `limit` leads being worked that have one of the statuses, the one changed last first. */
export function listWorkedLeads(
  db: Db,
  { companyId, statuses, limit }: { companyId: number; statuses: readonly LeadStatus[]; limit: number },
): Promise<Lead[]> {
  return db.query<Lead>({
    text: `SELECT ${LEAD_SELECT} FROM lead
      WHERE company_id = $1 AND status = ANY($2::text[]) AND action = 'ACCEPTED'
        AND converted_at IS NULL AND deleted_at IS NULL
      ORDER BY modified_at DESC LIMIT $3`,
    values: [companyId, statuses, limit],
  })
}
