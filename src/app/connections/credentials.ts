import type { Credentials } from '../../core/sync/connection-settings.ts'
import type { SecretBox } from '../sessions/secret-box.ts'

const TAIL_LENGTH = 4

/** Binds sealed credentials to their company. */
function purposeOf(companyId: number): string {
  return `connection of company ${companyId}`
}

export function sealCredentials(secrets: SecretBox, companyId: number, credentials: Credentials): Promise<Buffer> {
  return secrets.seal(JSON.stringify(credentials), purposeOf(companyId))
}

/** Throws when they were sealed with another key. */
export async function openCredentials(secrets: SecretBox, companyId: number, sealed: Buffer): Promise<Credentials> {
  return JSON.parse(await secrets.open(sealed, purposeOf(companyId))) as Credentials
}

/** What may be shown of credentials: enough to tell them from others, too little to use. */
export function hintOf(credentials: Credentials): string {
  return credentials.kind === 'renovationfind'
    ? tailOf(credentials.token)
    : `${credentials.email}, ${tailOf(credentials.apiKey)}`
}

/** The last characters, of a text long enough to keep the rest secret. */
function tailOf(secret: string): string {
  return secret.length >= TAIL_LENGTH * 4 ? `…${secret.slice(-TAIL_LENGTH)}` : '…'
}
