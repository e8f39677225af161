import { randomBytes } from 'node:crypto'
import type { App, Caller } from '../../app/app.ts'
import { refusingWhenFull } from '../../app/credentials/busy.ts'
import { apiKeySubject } from '../../app/credentials/grant-api-key.ts'
import { noteApiKeyUse } from '../../app/credentials/note-use.ts'
import { isBasicLive, refuseBasic, type VerifiedBasic, verifyBasic } from '../../app/credentials/verify-basic.ts'
import { refuse } from '../../core/errors.ts'
import type { WindowLimit } from '../../core/rate-windows.ts'
import { readBasicCredentials } from '../../lib/basic-credentials.ts'
import { makeGate } from '../../lib/gate.ts'
import { sha256 } from '../../lib/sha256.ts'
import { makeCredentialCache } from './credential-cache.ts'
import { makeCredentialMemo } from './credential-memo.ts'
import { whenThere } from './when-there.ts'

const CAPACITY = 10_000
const KEY_BYTES = 32

export interface BasicRequest {
  readonly authorization: string | undefined
  readonly apiKey: string | undefined
  readonly clientAddress: string
}

/**
 * Turns credentials into their caller, or refuses with `credentials.missing`, `credentials.invalid`,
 * `credentials.throttled` or `server.busy`.
 */
export type BasicAuth = (request: BasicRequest) => Caller | Promise<Caller>

interface Secret {
  readonly authorization: string
  readonly apiKey: string
  readonly clientAddress: string
}

interface Proof {
  readonly verified: VerifiedBasic
  readonly caller: Caller
}

/**
 * ConstructionOnline's credentials: Basic and an API key together. A pair is verified in full once; every three seconds
 * the store is asked whether user, stored password and key are still those, without any argon2, so a revocation acts
 * within five seconds in every process.
 */
export function makeBasicAuth(app: App, { limits }: { readonly limits: readonly WindowLimit[] }): BasicAuth {
  // Each full check counts as a failed attempt while it runs. Few at once keep a crowd of right credentials that all
  // come at the start of the process (one user with many keys, one address with many users) below those limits.
  const gate = makeGate({ parallelMax: 4, waitingMax: 256 })
  const cache = makeCredentialCache<Secret, Proof>({
    capacity: CAPACITY,
    now: () => app.clock().getTime(),
    prove: async ({ authorization, apiKey, clientAddress }) => {
      const readings = readBasicCredentials(authorization)
      if (readings.length === 0) return refuseBasic()
      const login = { readings, apiKey: apiKey.trim(), clientAddress }
      const verified = await refusingWhenFull(() => gate(() => verifyBasic(app, login)))
      return { verified, caller: callerOf(verified, limits) }
    },
    isLive: ({ verified }) => isBasicLive(app, verified),
    expiresAtMs: () => Number.POSITIVE_INFINITY,
    noteUse: ({ verified }) => noteApiKeyUse(app, verified.apiKeyId),
  })
  app.revocations.listen((revoked) => {
    if (revoked.kind === 'api-key') cache.forget(({ verified }) => verified.apiKeyId === revoked.id)
    if (revoked.kind === 'user') cache.forget(({ verified }) => verified.userId === revoked.id)
  })
  // A plain hash of a password would be a fast way to guess it from a copy of this memory's keys; this secret is in no
  // store and dies with the process. A prefix is enough, and a fifth of the time of an HMAC on every request: what an
  // HMAC adds protects digests that somebody sees, and these never leave the map.
  const secret = randomBytes(KEY_BYTES).toString('base64')
  const read = makeCredentialMemo((authorization: string | undefined, apiKey: string | undefined) => {
    if (isBlank(authorization) || isBlank(apiKey)) {
      return refuse('credentials.missing', 'Basic credentials and an APIKey header are both required.')
    }
    const key = sha256(JSON.stringify([secret, authorization, apiKey])).toString('base64')
    return { authorization, apiKey, key }
  })
  return ({ authorization, apiKey, clientAddress }) => {
    const given = read(authorization, apiKey)
    return whenThere(cache.find(given.key, { ...given, clientAddress }), ({ caller }) => caller)
  }
}

function isBlank(text: string | undefined): text is undefined {
  return text === undefined || text.trim() === ''
}

function callerOf({ companyId, apiKeyId, email }: VerifiedBasic, limits: readonly WindowLimit[]): Caller {
  const actor = { kind: 'apikey', id: String(apiKeyId), name: email, face: 'constructiononline' } as const
  return limits.length === 0
    ? { companyId, actor }
    : { companyId, actor, charge: { subject: apiKeySubject(apiKeyId), limits } }
}
