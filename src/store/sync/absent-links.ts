import { plainArray } from '../../lib/pg-array.ts'
import type { Db, Tx } from '../database.ts'
import type { ConnectionId } from './lead-links.ts'

/** Marks what the upstream no longer has; it is looked at again when it comes back. */
export async function markGone(
  db: Db,
  { companyId, connectionId }: ConnectionId,
  leadIds: readonly number[],
  now: Date,
): Promise<void> {
  await db.query({
    name: 'mark-gone-links',
    text: `UPDATE connection_lead SET gone_at = coalesce(gone_at, $4), version = version + 1, pending = false,
        seen_revision = greatest(seen_revision, changed_revision)
      WHERE company_id = $1 AND connection_id = $2 AND lead_id = ANY($3::bigint[])`,
    values: [companyId, connectionId, plainArray(leadIds), now],
  })
}

/** At another address no lead has been listed yet, and nothing that was sent to the old one is asked after. */
export async function markMoved(tx: Tx, { companyId, connectionId }: ConnectionId, now: Date): Promise<void> {
  await tx.query({
    text: `UPDATE connection_lead SET gone_at = coalesce(gone_at, $3), sent = NULL, version = version + 1
      WHERE company_id = $1 AND connection_id = $2 AND upstream_id IS NOT NULL`,
    values: [companyId, connectionId, now],
  })
}

/**
 * At another address nothing of a lead is known, and what was agreed was agreed with somebody else; nothing that was
 * sent there is asked after.
 */
export async function forgetTheirs(tx: Tx, { companyId, connectionId }: ConnectionId): Promise<void> {
  await tx.query({
    text: `UPDATE connection_lead SET moved = true, theirs_revision = NULL, sent = NULL, version = version + 1
      WHERE company_id = $1 AND connection_id = $2`,
    values: [companyId, connectionId],
  })
}

/** Has a lead read again there before anything of it is judged. */
export async function forgetTheirRevision(
  db: Db,
  { companyId, connectionId }: ConnectionId,
  leadId: number,
): Promise<void> {
  await db.query({
    name: 'forget-their-revision',
    text: `UPDATE connection_lead SET theirs_revision = NULL, pending = true, version = version + 1
      WHERE company_id = $1 AND connection_id = $2 AND lead_id = $3`,
    values: [companyId, connectionId, leadId],
  })
}

/** What changed here of a lead that is gone there waits for it to come back, when it is looked at anyway. */
export async function restGone(db: Db, { companyId, connectionId }: ConnectionId): Promise<void> {
  await db.query({
    name: 'rest-gone-links',
    text: `UPDATE connection_lead SET pending = false, seen_revision = changed_revision, version = version + 1
      WHERE company_id = $1 AND connection_id = $2 AND dirty AND gone_at IS NOT NULL`,
    values: [companyId, connectionId],
  })
}
