import type { TestServer } from '../../support/server.ts'
import type { Client } from '../client.ts'
import { pageOf } from './model.ts'

const WAIT_MS = 100
const WAITS = 600

/**
 * Leads numbered n from 1 to `count`, one a minute into the past, accepted and without a report but for what `columns` says:
 * column → SQL over n. Comes back once the lists show all of them.
 */
export async function insertLeads(
  { db }: TestServer,
  { companyId, call }: { readonly companyId: number; readonly call: Client },
  count: number,
  columns: Readonly<Record<string, string>>,
): Promise<void> {
  const made = { action: "'ACCEPTED'", status: "'NO_RESPONSE'", source: "'renovationfind'", ...columns }
  const created = "now() - n * interval '1 minute'"
  await db.query({
    text: `INSERT INTO lead (company_id, id, revision, viewed, created_at, modified_at, ${Object.keys(made).join(', ')})
      SELECT $1, nextval('lead_id'), 1, true, ${created}, ${created}, ${Object.values(made).join(', ')}
      FROM generate_series(1, $2::integer) AS n`,
    values: [companyId, count],
  })
  await db.query({
    text: `INSERT INTO outbox (company_id, lead_id, revision, event, at)
      SELECT company_id, id, 1, 'lead.created', created_at FROM lead WHERE company_id = $1`,
    values: [companyId],
  })
  for (let waits = 0; (await pageOf(call, 'limit=1')).total !== count; waits += 1) {
    if (waits === WAITS) throw new Error('The lists do not come up to the leads.')
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS))
  }
}
