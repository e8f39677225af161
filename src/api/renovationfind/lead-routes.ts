import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import { orRefuse } from '../../app/credentials/or-refuse.ts'
import { acceptLead } from '../../app/leads/accept-lead.ts'
import { declineLead } from '../../app/leads/decline-lead.ts'
import { getLead } from '../../app/leads/get-lead.ts'
import { markViewed } from '../../app/leads/mark-viewed.ts'
import { reportStatus } from '../../app/leads/report-status.ts'
import { checkDeclineReason } from '../../core/lead/answer-offer.ts'
import type { Lead } from '../../core/lead/lead.ts'
import { checkStatusReport } from '../../core/lead/status-report.ts'
import { chargedCaller, readCounted } from '../kit/face.ts'
import { idempotencyOf, sendWritten } from '../kit/idempotency.ts'
import { refuseUnknown } from '../kit/json-body.ts'
import { readId } from '../kit/parameters.ts'
import { bytesOf } from '../kit/raw-body.ts'
import { mapReport, readObject } from './map-in.ts'
import { toDetail } from './map-out.ts'
import { acceptSchema, declineSchema, detailSchema, statusSchema, viewedSchema } from './schemas.ts'

interface Answer {
  readonly status: number
  readonly body: string
}

function leadIdOf(request: FastifyRequest): number {
  return readId((request.params as { id: string }).id, 'id')
}

/** The operations on one lead. */
export function addLeadRoutes(instance: FastifyInstance, app: App): void {
  const detail = (lead: Lead): Answer => ({
    status: 200,
    body: JSON.stringify({ success: true, data: toDetail(lead, app.clock().toISOString()) }),
  })
  const declined = (): Answer => ({ status: 200, body: '{"success":true,"message":"Lead declined."}' })

  // Documented: update job status.
  instance.put('/general-leads/:id/status', { schema: statusSchema }, async (request, reply) => {
    const leadId = leadIdOf(request)
    const idempotency = idempotencyOf(request, [bytesOf(request)], detail)
    // Checked before the charge is handed over: what is refused here is counted by the face.
    const report = orRefuse(checkStatusReport(mapReport(readObject(request))))
    const written = await reportStatus(app, chargedCaller(request), { leadId, report }, { idempotency })
    return sendWritten(reply, written, detail)
  })

  // Documented: accept a lead; takes no body, and one that is sent is ignored.
  instance.post('/general-leads/:id/accept', { schema: acceptSchema }, async (request, reply) => {
    const leadId = leadIdOf(request)
    const idempotency = idempotencyOf(request, [], detail)
    return sendWritten(reply, await acceptLead(app, chargedCaller(request), leadId, { idempotency }), detail)
  })

  // Documented: decline a lead; answers a message and no data.
  instance.post('/general-leads/:id/decline', { schema: declineSchema }, async (request, reply) => {
    const leadId = leadIdOf(request)
    const idempotency = idempotencyOf(request, [bytesOf(request)], declined)
    const body = readObject(request)
    refuseUnknown(body, ['reason'])
    const input = { leadId, reason: orRefuse(checkDeclineReason(body['reason'])) }
    return sendWritten(reply, await declineLead(app, chargedCaller(request), input, { idempotency }), declined)
  })

  // Our choice: the page set has no operation for it, only the field that it sets.
  instance.post('/general-leads/:id/viewed', { schema: viewedSchema }, async (request, reply) => {
    const leadId = leadIdOf(request)
    const idempotency = idempotencyOf(request, [], detail)
    return sendWritten(reply, await markViewed(app, chargedCaller(request), leadId, { idempotency }), detail)
  })

  // Our choice: the detail object by itself.
  instance.get('/general-leads/:id', { schema: detailSchema }, async (request, reply) => {
    const leadId = leadIdOf(request)
    const answer = detail(await readCounted(app, request, (caller) => getLead(app, caller, leadId)))
    return reply.code(answer.status).type('application/json; charset=utf-8').send(answer.body)
  })
}
