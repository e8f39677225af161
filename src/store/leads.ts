import type { Lead } from '../core/lead/lead.ts'
import { plainArray } from '../lib/pg-array.ts'
import type { Db, Statement } from './database.ts'
import { LEAD_SELECT, leadFromFields } from './lead-columns.ts'

/** The leads of a statement that selects `LEAD_SELECT` and nothing else. */
export async function readLeads(db: Db, statement: Statement): Promise<Lead[]> {
  return (await db.fields(statement)).map(leadFromFields)
}

/** One lead, deleted ones included, or null. */
export async function findLead(db: Db, companyId: number, leadId: number): Promise<Lead | null> {
  const rows = await readLeads(db, {
    name: 'find-lead',
    text: `SELECT ${LEAD_SELECT} FROM lead WHERE company_id = $1 AND id = $2`,
    values: [companyId, leadId],
  })
  return rows[0] ?? null
}

/** Those of the named leads that exist, in no order; deleted ones included. */
export function findLeads(db: Db, keys: readonly { companyId: number; leadId: number }[]): Promise<Lead[]> {
  return readLeads(db, {
    name: 'find-leads',
    text: `SELECT ${LEAD_SELECT} FROM lead
      WHERE (company_id, id) IN (SELECT * FROM unnest($1::bigint[], $2::bigint[]))`,
    values: [plainArray(keys.map((key) => key.companyId)), plainArray(keys.map((key) => key.leadId))],
  })
}

export interface WorkedLeadsSlice {
  /** Only ids above this one. */
  readonly afterId: number
  /** ISO instant from which on, itself included, the lead was modified; null: whenever. */
  readonly modifiedFrom: string | null
  readonly skip: number
  readonly limit: number
}

/** Leads being worked (accepted, neither converted nor deleted) in the order of their ids. */
export function listWorkedLeads(
  db: Db,
  companyId: number,
  { afterId, modifiedFrom, skip, limit }: WorkedLeadsSlice,
): Promise<Lead[]> {
  const worked = "action = 'ACCEPTED' AND converted_at IS NULL AND deleted_at IS NULL"
  if (modifiedFrom === null) {
    return readLeads(db, {
      name: 'list-worked-leads',
      text: `SELECT ${LEAD_SELECT} FROM lead WHERE company_id = $1 AND id > $2 AND ${worked}
        ORDER BY id OFFSET $3 LIMIT $4`,
      values: [companyId, afterId, skip, limit],
    })
  }
  return readLeads(db, {
    name: 'list-worked-leads-changed',
    text: `SELECT ${LEAD_SELECT} FROM lead WHERE company_id = $1 AND id > $2 AND ${worked}
        AND id IN (SELECT lead_id FROM timeline WHERE company_id = $1 AND at >= $5 AND lead_id > $2)
      ORDER BY id OFFSET $3 LIMIT $4`,
    values: [companyId, afterId, skip, limit, modifiedFrom],
  })
}
