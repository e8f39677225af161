import { type AnswerKey, deleteClaim, endClaim, saveAnswer } from '../../store/keyed-answers.ts'
import type { App } from '../app.ts'

/** A keyed request that writes no lead; the lead writer keeps its own. */
export interface KeyedRequest extends AnswerKey {
  /** SHA-256 over what makes two requests the same. */
  readonly requestHash: Buffer
}

/** An answer as it was sent, without what only its own connection needed. */
export interface KeyedAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Null where the answer had none. */
  readonly body: string | null
}

/** What is kept under a key, always sealed: requests hold passwords, and answers secrets that are shown once. */
export interface Kept {
  /** In base64. */
  readonly requestHash: string
  /** Null while the request is being carried out. */
  readonly answer: KeyedAnswer | null
}

/** Keeps the answer of a claimed key. */
export async function keepAnswer(app: App, request: KeyedRequest, answer: KeyedAnswer): Promise<void> {
  await saveAnswer(app.db, request, { status: answer.status, sealed: await sealKept(app, request, answer) })
}

/** Gives a claimed key back, as the request was refused and nothing was done. */
export function releaseKey(app: App, request: KeyedRequest): Promise<void> {
  return deleteClaim(app.db, request)
}

/** Says of a claimed key that the request ended, and nobody knows whether it was carried out. */
export function leaveUnknown(app: App, request: KeyedRequest): Promise<void> {
  return endClaim(app.db, request, app.clock())
}

export function sealKept({ secrets }: App, request: KeyedRequest, answer: KeyedAnswer | null): Promise<Buffer> {
  const kept: Kept = { requestHash: request.requestHash.toString('base64'), answer }
  return secrets.seal(JSON.stringify(kept), purposeOf(request))
}

/** Throws when it was sealed by another key. */
export async function openKept({ secrets }: App, request: KeyedRequest, sealed: Buffer): Promise<Kept> {
  return JSON.parse(await secrets.open(sealed, purposeOf(request))) as Kept
}

function purposeOf({ companyId, face, key }: KeyedRequest): string {
  return `idempotency/${companyId}/${face}/${key}`
}
