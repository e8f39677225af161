import { RefusalError, refusal, refuse } from '../../core/errors.ts'
import { findKeyed, insertClaim, type KeyedRow } from '../../store/keyed-answers.ts'
import type { App } from '../app.ts'
import { type Kept, type KeyedAnswer, type KeyedRequest, openKept, sealKept } from './keep-answer.ts'

/** Longer than any request takes. Whoever has not answered by then was killed, or lost the store. */
const UNDER_WAY_MS = 120_000
const LOOK_AGAIN_SECONDS = 1
const CUT_SHORT =
  'The first request with this Idempotency-Key was cut short, and nobody knows whether it was carried out: look, and use a new key.'
const UNREADABLE =
  'What is kept under this Idempotency-Key was sealed with another SECRET_KEY and cannot be read: look whether the request was carried out, and use a new key.'

/**
 * Takes a key for a request that is about to be carried out: null, and whoever carries it out ends the claim by
 * `keepAnswer`, `releaseKey` or `leaveUnknown`. Gives the answer of the first request when the key has one. Refuses with
 * `idempotency.key-reused` where it was taken for another request, with `idempotency.under-way` while the first one is
 * being carried out, and with `idempotency.outcome-unknown` when that ended without anybody knowing how.
 */
export async function claimKey(app: App, request: KeyedRequest): Promise<KeyedAnswer | null> {
  const at = app.clock()
  const until = new Date(at.getTime() + UNDER_WAY_MS)
  if (await insertClaim(app.db, request, { sealed: await sealKept(app, request, null), at, until })) return null
  const row = await findKeyed(app.db, request)
  // Given back between the two statements.
  if (row === null) refuseUnderWay()
  const { requestHash, answer } = await openRow(app, request, row)
  if (requestHash !== request.requestHash.toString('base64')) refuseReuse()
  if (answer !== null) return answer
  const { claimedUntil } = row
  if (claimedUntil !== null && at.getTime() < Date.parse(claimedUntil)) refuseUnderWay()
  refuse('idempotency.outcome-unknown', CUT_SHORT)
}

async function openRow(app: App, request: KeyedRequest, { sealed }: KeyedRow): Promise<Kept> {
  // The lead writer keeps an answer here, and so of another request.
  if (sealed === null) refuseReuse()
  try {
    return await openKept(app, request, sealed)
  } catch (cause) {
    throw new RefusalError(refusal('idempotency.outcome-unknown', UNREADABLE), { cause })
  }
}

function refuseReuse(): never {
  refuse('idempotency.key-reused', 'This Idempotency-Key was already used with another request.')
}

function refuseUnderWay(): never {
  refuse('idempotency.under-way', 'The first request with this Idempotency-Key is still being carried out.', {
    retryAfterSeconds: LOOK_AGAIN_SECONDS,
  })
}
