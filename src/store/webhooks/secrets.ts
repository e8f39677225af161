import type { Db, Tx } from '../database.ts'
import type { EndpointKey } from './endpoints.ts'

/** When secrets were made and how long they sign; nothing of the secrets themselves. */
export interface SecretTimes {
  readonly endpointId: number
  readonly createdAt: string
  /** null: the present one. */
  readonly expiresAt: string | null
}

/** The secrets that sign at an instant, of all endpoints of a company; the newest of each first. */
export function listSecretTimes(db: Db, companyId: number, now: Date): Promise<SecretTimes[]> {
  return db.query<SecretTimes>({
    text: `SELECT endpoint_id AS "endpointId", created_at AS "createdAt", expires_at AS "expiresAt"
      FROM webhook_secret WHERE company_id = $1 AND (expires_at IS NULL OR expires_at > $2)
      ORDER BY endpoint_id, id DESC`,
    values: [companyId, now],
  })
}

export interface NewSecret {
  readonly sealed: Buffer
  readonly createdAt: Date
}

export async function insertSecret(tx: Tx, key: EndpointKey, { sealed, createdAt }: NewSecret): Promise<void> {
  await tx.query({
    text: 'INSERT INTO webhook_secret (company_id, endpoint_id, sealed, created_at) VALUES ($1, $2, $3, $4)',
    values: [key.companyId, key.endpointId, sealed, createdAt],
  })
}

/** Gives the present secret an end. */
export async function retireSecret(tx: Tx, { companyId, endpointId }: EndpointKey, expiresAt: Date): Promise<void> {
  await tx.query({
    text: `UPDATE webhook_secret SET expires_at = $3
      WHERE company_id = $1 AND endpoint_id = $2 AND expires_at IS NULL`,
    values: [companyId, endpointId, expiresAt],
  })
}

/** How many secrets sign at an instant. Exact while the endpoint's row is locked. */
export async function countSecrets(tx: Tx, { companyId, endpointId }: EndpointKey, now: Date): Promise<number> {
  const [row] = await tx.query<{ n: number }>({
    text: `SELECT count(*) AS n FROM webhook_secret
      WHERE company_id = $1 AND endpoint_id = $2 AND (expires_at IS NULL OR expires_at > $3)`,
    values: [companyId, endpointId, now],
  })
  return row?.n ?? 0
}

/** Removes the secrets that have stopped signing. */
export async function deleteOldSecrets(tx: Tx, { companyId, endpointId }: EndpointKey, now: Date): Promise<void> {
  await tx.query({
    text: 'DELETE FROM webhook_secret WHERE company_id = $1 AND endpoint_id = $2 AND expires_at <= $3',
    values: [companyId, endpointId, now],
  })
}
