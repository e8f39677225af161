import { refuse } from '../../core/errors.ts'
import { lockEndpoint, touchEndpoint } from '../../store/webhooks/endpoints.ts'
import { countSecrets, deleteOldSecrets, insertSecret, retireSecret } from '../../store/webhooks/secrets.ts'
import type { App } from '../app.ts'
import { refuseUnknownEndpoint } from './require-endpoint.ts'
import { newSecret, sealSecret } from './secret.ts'

const OVERLAP_MS = 24 * 3_600_000
/** Each message carries a signature by each. */
const SECRETS_MAX = 5

export interface RotatedSecret {
  /** Given this once. */
  readonly secret: string
  /** Until then the one before it signs too. */
  readonly previousSecretExpiresAt: string
}

/** Gives an endpoint a new secret. The old one signs beside it for 24 hours, so that a receiver can change over. */
export async function rotateSecret(app: App, companyId: number, endpointId: number): Promise<RotatedSecret> {
  const key = { companyId, endpointId }
  const secret = newSecret()
  const sealed = await sealSecret(app.secrets, key, secret)
  const now = app.clock()
  const expiresAt = new Date(now.getTime() + OVERLAP_MS)
  await app.db.transaction(async (tx) => {
    if ((await lockEndpoint(tx, key)) === null) refuseUnknownEndpoint()
    await deleteOldSecrets(tx, key, now)
    if ((await countSecrets(tx, key, now)) >= SECRETS_MAX) {
      const text = `At most ${SECRETS_MAX} secrets of an endpoint sign at a time; the old ones do for 24 hours each.`
      refuse('limit.reached', text)
    }
    await retireSecret(tx, key, expiresAt)
    await insertSecret(tx, key, { sealed, createdAt: now })
    await touchEndpoint(tx, key)
  })
  return { secret, previousSecretExpiresAt: expiresAt.toISOString() }
}
