import { randomBytes } from 'node:crypto'
import { refuse } from '../../core/errors.ts'
import { sha256 } from '../../lib/sha256.ts'
import { findTotpStep } from '../../lib/totp.ts'
import {
  confirmSecondFactor,
  findSecondFactor,
  insertRecoveryCodes,
  type SecondFactorRow,
} from '../../store/credentials/second-factors.ts'
import type { App } from '../app.ts'
import { beginCodeAttempt, endCodeAttempt } from '../credentials/code-throttle.ts'
import { totpPurpose } from './begin-two-factor.ts'
import { replaceSessions } from './replace-sessions.ts'
import type { Client, OpenedSession, SessionLife, SignedIn } from './session.ts'

const CODES = 10
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789'
const CODE_LENGTH = 16

export interface ConfirmedTwoFactor {
  /** Shown this once: only their hashes are stored. */
  readonly recoveryCodes: readonly string[]
  readonly session: OpenedSession
}

/**
 * Puts two-factor log-in in force with a first code. Every other session of the user ends, and this one gets a new
 * token. Refuses with `two-factor.conflict` when nothing was begun, and a wrong code.
 */
export async function confirmTwoFactor(
  app: App,
  { userId }: SignedIn,
  { code, client, life }: { readonly code: string; readonly client: Client; readonly life: SessionLife },
): Promise<ConfirmedTwoFactor> {
  const factor = await findSecondFactor(app.db, userId)
  const sealed = pendingSecret(factor)
  const attempt = await beginCodeAttempt(app, userId, client.address)
  const secret = await app.secrets.open(sealed, totpPurpose(userId))
  const step = findTotpStep(secret, code.replace(/\s/g, ''), app.clock().getTime())
  if (step === null) refuse('field.invalid', '{code} is not the code of this moment.', { field: 'code' })
  await endCodeAttempt(app, attempt, 'succeeded')
  const recoveryCodes = Array.from({ length: CODES }, makeRecoveryCode)
  const session = await app.db.transaction(async (tx) => {
    const now = app.clock()
    if (!(await confirmSecondFactor(tx, userId, { sealed, step, at: now }))) refuseNotBegun()
    await insertRecoveryCodes(tx, userId, recoveryCodes.map(recoveryCodeHash))
    return replaceSessions(tx, { userId, client, life, now })
  })
  app.revocations.tell({ kind: 'user', id: userId })
  return { recoveryCodes, session }
}

function pendingSecret(factor: SecondFactorRow | null): Buffer {
  if (factor === null || factor.isConfirmed || factor.totpSecret === null) return refuseNotBegun()
  return factor.totpSecret
}

function refuseNotBegun(): never {
  refuse('two-factor.conflict', 'Two-factor log-in is on already, or was not begun.')
}

/** 80 bits in four groups, such as "k3mp-x8vt-2hqn-wz6c". */
function makeRecoveryCode(): string {
  const letters = [...randomBytes(CODE_LENGTH)].map((byte) => ALPHABET.charAt(byte & 31)).join('')
  return letters.replace(/.{4}(?=.)/g, '$&-')
}

/** However the user wrote it: hyphens, spaces and case do not count. */
export function recoveryCodeHash(code: string): Buffer {
  return sha256(code.toLowerCase().replace(/[^a-z0-9]/g, ''))
}
