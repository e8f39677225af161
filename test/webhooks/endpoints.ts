import { newSecret, sealSecret } from '../../src/app/webhooks/secret.ts'
import { openSecretBox } from '../../src/secret-box.ts'
import type { Database } from '../../src/store/database.ts'

export const SECRET_KEY = 'a key for the secrets of webhook tests only'

export interface EndpointOptions {
  readonly events?: readonly string[]
  readonly perSecond?: number
}

/** An endpoint of the company by SQL; gives its id and secret. */
export async function addEndpoint(
  db: Database,
  companyId: number,
  url: string,
  { events = [], perSecond }: EndpointOptions = {},
): Promise<{ endpointId: number; secret: string }> {
  const [row] = await db.query<{ id: number }>({
    text: 'INSERT INTO webhook_endpoint (company_id, url, events, per_second) VALUES ($1, $2, $3, $4) RETURNING id',
    values: [companyId, url, events, perSecond ?? null],
  })
  const endpointId = row?.id ?? 0
  return { endpointId, secret: await addSecret(db, { companyId, endpointId }) }
}

/** One secret more, whatever others there are. */
export async function addSecret(db: Database, key: { companyId: number; endpointId: number }): Promise<string> {
  const secret = newSecret()
  const sealed = await sealSecret(openSecretBox({ secretKey: SECRET_KEY, dataDir: '/' }), key, secret)
  await db.query({
    text: 'INSERT INTO webhook_secret (company_id, endpoint_id, sealed) VALUES ($1, $2, $3)',
    values: [key.companyId, key.endpointId, sealed],
  })
  return secret
}
