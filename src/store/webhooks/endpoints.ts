import type { EndpointSettings } from '../../core/webhooks/endpoint.ts'
import type { DisabledReason } from '../../core/webhooks/events.ts'
import type { Db, Tx } from '../database.ts'

export interface EndpointKey {
  readonly companyId: number
  readonly endpointId: number
}

/** An endpoint as the office sees it. Instants are ISO text. */
export interface EndpointRow extends EndpointSettings {
  readonly id: number
  readonly createdAt: string
  readonly disabledAt: string | null
  readonly disabledReason: DisabledReason | null
  /** Since when every call has failed. */
  readonly failingSince: string | null
  /** One more with each change of what is set, and with each new secret. */
  readonly version: number
}

const COLUMNS = `id, url, description, events, per_second AS "perSecond", created_at AS "createdAt",
  disabled_at AS "disabledAt", disabled_reason AS "disabledReason", failing_since AS "failingSince", version`

/** A company's endpoints in the order in which they were added. */
export function listEndpoints(db: Db, companyId: number): Promise<EndpointRow[]> {
  return db.query<EndpointRow>({
    text: `SELECT ${COLUMNS} FROM webhook_endpoint WHERE company_id = $1 ORDER BY id`,
    values: [companyId],
  })
}

export async function findEndpoint(db: Db, { companyId, endpointId }: EndpointKey): Promise<EndpointRow | null> {
  const [row] = await db.query<EndpointRow>({
    text: `SELECT ${COLUMNS} FROM webhook_endpoint WHERE company_id = $1 AND id = $2`,
    values: [companyId, endpointId],
  })
  return row ?? null
}

/** As `findEndpoint`; nobody else changes the endpoint until the transaction ends. */
export async function lockEndpoint(tx: Tx, { companyId, endpointId }: EndpointKey): Promise<EndpointRow | null> {
  const [row] = await tx.query<EndpointRow>({
    text: `SELECT ${COLUMNS} FROM webhook_endpoint WHERE company_id = $1 AND id = $2 FOR NO KEY UPDATE`,
    values: [companyId, endpointId],
  })
  return row ?? null
}

/** A company's endpoints, counted under a lock so that many at once keep to the limit. */
export async function countEndpoints(tx: Tx, companyId: number): Promise<number> {
  await tx.query({ text: 'SELECT 1 FROM company WHERE id = $1 FOR NO KEY UPDATE', values: [companyId] })
  const [row] = await tx.query<{ n: number }>({
    text: 'SELECT count(*) AS n FROM webhook_endpoint WHERE company_id = $1',
    values: [companyId],
  })
  return row?.n ?? 0
}

export async function insertEndpoint(
  tx: Tx,
  companyId: number,
  { url, description, events, perSecond, createdAt }: EndpointSettings & { readonly createdAt: Date },
): Promise<EndpointRow> {
  const [row] = await tx.query<EndpointRow>({
    text: `INSERT INTO webhook_endpoint (company_id, url, description, events, per_second, created_at)
      VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${COLUMNS}`,
    values: [companyId, url, description, events, perSecond, createdAt],
  })
  if (row === undefined) throw new Error('INSERT INTO webhook_endpoint returned no row.')
  return row
}

/** Everything that the office may change of an endpoint. */
export async function saveEndpoint(tx: Tx, companyId: number, endpoint: EndpointRow): Promise<void> {
  await tx.query({
    text: `UPDATE webhook_endpoint SET url = $3, description = $4, events = $5, per_second = $6, disabled_at = $7,
        disabled_reason = $8, failing_since = $9, version = version + 1
      WHERE company_id = $1 AND id = $2`,
    values: [
      companyId,
      endpoint.id,
      endpoint.url,
      endpoint.description,
      endpoint.events,
      endpoint.perSecond,
      endpoint.disabledAt,
      endpoint.disabledReason,
      endpoint.failingSince,
    ],
  })
}

/** Has whoever sends to the endpoint look at its secrets and its queue again. */
export async function touchEndpoint(tx: Tx, { companyId, endpointId }: EndpointKey): Promise<void> {
  await tx.query({
    text: 'UPDATE webhook_endpoint SET version = version + 1 WHERE company_id = $1 AND id = $2',
    values: [companyId, endpointId],
  })
}

/** Removes an endpoint with its secrets; its queue and its log are left. False when there is none. */
export async function deleteEndpoint(db: Db, { companyId, endpointId }: EndpointKey): Promise<boolean> {
  const rows = await db.query({
    text: 'DELETE FROM webhook_endpoint WHERE company_id = $1 AND id = $2 RETURNING 1',
    values: [companyId, endpointId],
  })
  return rows.length > 0
}

/** Removes a piece of what was left of an endpoint; resolves to how many rows that was. */
export async function deleteRemains(
  db: Db,
  table: 'webhook_delivery' | 'webhook_attempt',
  { companyId, endpointId }: EndpointKey,
  limit: number,
): Promise<number> {
  const [row] = await db.query<{ n: number }>({
    text: `WITH gone AS (
        DELETE FROM ${table} WHERE ctid = ANY (ARRAY(
          SELECT ctid FROM ${table} WHERE company_id = $1 AND endpoint_id = $2 LIMIT $3))
        RETURNING 1
      ) SELECT count(*) AS n FROM gone`,
    values: [companyId, endpointId, limit],
  })
  return row?.n ?? 0
}
