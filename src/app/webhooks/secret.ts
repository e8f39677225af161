import { randomBytes } from 'node:crypto'
import type { EndpointKey } from '../../store/webhooks/endpoints.ts'
import type { SecretBox } from '../sessions/secret-box.ts'

const BYTES = 32

/** A new secret in the form of Standard Webhooks: what signs is what stands behind the mark, in base64. */
export function newSecret(): string {
  return `whsec_${randomBytes(BYTES).toString('base64')}`
}

export function sealSecret(secrets: SecretBox, key: EndpointKey, text: string): Promise<Buffer> {
  return secrets.seal(text, purposeOf(key))
}

/** Throws when it was sealed for another endpoint, or with another key. */
export function openSecret(secrets: SecretBox, key: EndpointKey, sealed: Buffer): Promise<string> {
  return secrets.open(sealed, purposeOf(key))
}

function purposeOf({ companyId, endpointId }: EndpointKey): string {
  return `webhook endpoint ${companyId}/${endpointId}`
}
