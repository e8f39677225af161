import type { FastifyInstance } from 'fastify'
import type { App } from '../../app/app.ts'
import { createReferralRequest } from '../../app/referrals/create-referral-request.ts'
import type { StoredReferralRequest } from '../../core/referral-request.ts'
import { chargeNow } from '../kit/face.ts'
import { keyOf } from '../kit/idempotency.ts'
import { bytesOf } from '../kit/raw-body.ts'
import { mapReferral, readObject } from './map-in.ts'
import { toReferralRequest } from './map-out.ts'
import { readSkipDuplicates } from './query.ts'
import { referralSchema } from './schemas.ts'

/** Documented word for word. */
const SKIPPED = { success: true, message: 'Duplicate request detected. Skipped.' }

function present(created: StoredReferralRequest | null): { status: number; body: string } {
  if (created === null) return { status: 200, body: JSON.stringify(SKIPPED) }
  return { status: 201, body: JSON.stringify({ success: true, data: toReferralRequest(created) }) }
}

/** Documented: create a referral request. What a created one is answered with is our choice. */
export function addReferralRoutes(instance: FastifyInstance, app: App): void {
  instance.post('/referral-requests', { schema: referralSchema }, async (request, reply) => {
    const skipDuplicates = readSkipDuplicates(request)
    const idempotency = keyOf(request, [bytesOf(request)])
    const fields = mapReferral(readObject(request))
    const caller = await chargeNow(app, request)
    const options = { idempotency, present }
    const { answer, replayed } = await createReferralRequest(app, caller, { fields, skipDuplicates }, options)
    if (replayed) reply.header('idempotency-replayed', 'true')
    return reply.code(answer.status).type('application/json; charset=utf-8').send(answer.body)
  })
}
