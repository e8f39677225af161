import { RefusalError } from '../../core/errors.ts'
import { checkReferralRequest, type ReferralRequest, type StoredReferralRequest } from '../../core/referral-request.ts'
import type { Tx } from '../../store/database.ts'
import { answerOnce } from '../../store/idempotency.ts'
import type { StoredAnswer } from '../../store/lead-writer/types.ts'
import { insertReferralRequest, isKnownContact, lockReferralRequests } from '../../store/referral-requests.ts'
import type { App, Principal } from '../app.ts'

export interface ReferralRequestInput {
  /** Core field names, values of any kind. */
  readonly fields: Readonly<Record<string, unknown>>
  /** True: a contact that the company knows already is passed over without a fault. */
  readonly skipDuplicates: boolean
}

export interface ReferralRequestOptions {
  readonly idempotency?: { readonly key: string; readonly requestHash: Buffer } | undefined
  /** Renders the answer inside the transaction; null is a skipped duplicate. */
  readonly present: (created: StoredReferralRequest | null) => StoredAnswer
}

/**
 * Records a referral request. Of any number of equal ones at the same time exactly one is created when duplicates are
 * skipped. Throws a RefusalError for fields that are not right.
 */
export async function createReferralRequest(
  app: App,
  caller: Principal,
  { fields, skipDuplicates }: ReferralRequestInput,
  { idempotency, present }: ReferralRequestOptions,
): Promise<{ answer: StoredAnswer; replayed: boolean }> {
  const checked = checkReferralRequest(fields)
  if (!checked.ok) throw new RefusalError(checked.fault)
  const { companyId, actor } = caller
  return app.db.transaction(async (tx) => {
    const work = async () => present(await create(tx, companyId, checked.value, skipDuplicates))
    if (idempotency === undefined) return { answer: await work(), replayed: false }
    return answerOnce(tx, { companyId, face: actor.face, ...idempotency }, work)
  })
}

async function create(
  tx: Tx,
  companyId: number,
  request: ReferralRequest,
  skipDuplicates: boolean,
): Promise<StoredReferralRequest | null> {
  await lockReferralRequests(tx, companyId)
  if (skipDuplicates && (await isKnownContact(tx, companyId, request))) return null
  return insertReferralRequest(tx, companyId, request)
}
