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
import { checkStatusReport, type StatusReport } from '../../core/lead/status-report.ts'
import { readCounted } from '../kit/face.ts'
import { refuseUnknown } from '../kit/json-body.ts'
import { readId } from '../kit/parameters.ts'
import { bytesOf } from '../kit/raw-body.ts'
import { answerWrite, sendTagged } from './answer-lead.ts'
import { mapReport, readObject } from './map-in.ts'
import { toDetail } from './map-out.ts'
import { acceptSchema, declineSchema, detailSchema, statusSchema, viewedSchema } from './schemas.ts'

function leadIdOf(request: FastifyRequest): number {
  return readId((request.params as { id: string }).id, 'id')
}

/** One lead is short: to ask how its answer may be compressed costs each request more than it saves. */
const AS_IT_IS = { compress: false } as const
const DECLINED = { success: true, message: 'Lead declined.' }

/** The operations on one lead. */
export function addLeadRoutes(instance: FastifyInstance, app: App): void {
  const show = (lead: Lead) => ({ success: true, data: toDetail(lead, app.clock().toISOString()) })

  // Documented: update job status.
  instance.put('/general-leads/:id/status', { schema: statusSchema, ...AS_IT_IS }, async (request, reply) => {
    const leadId = leadIdOf(request)
    return answerWrite({
      request,
      reply,
      show,
      parts: [bytesOf(request)],
      write: (caller, options) => reportStatus(app, caller, { leadId, report: readReport(request) }, options),
    })
  })

  // Documented: accept a lead; takes no body, and one that is sent is ignored.
  instance.post('/general-leads/:id/accept', { schema: acceptSchema, ...AS_IT_IS }, async (request, reply) => {
    const leadId = leadIdOf(request)
    const write = { request, reply, show, parts: [] } as const
    return answerWrite({ ...write, write: (caller, options) => acceptLead(app, caller, leadId, options) })
  })

  // Documented: decline a lead; answers a message and no data.
  instance.post('/general-leads/:id/decline', { schema: declineSchema, ...AS_IT_IS }, async (request, reply) => {
    const leadId = leadIdOf(request)
    return answerWrite({
      request,
      reply,
      show: () => DECLINED,
      parts: [bytesOf(request)],
      write: (caller, options) => declineLead(app, caller, { leadId, reason: readReason(request) }, options),
    })
  })

  // Our choice: the page set has no operation for it, only the field that it sets.
  instance.post('/general-leads/:id/viewed', { schema: viewedSchema, ...AS_IT_IS }, async (request, reply) => {
    const leadId = leadIdOf(request)
    const write = { request, reply, show, parts: [] } as const
    return answerWrite({ ...write, write: (caller, options) => markViewed(app, caller, leadId, options) })
  })

  // Our choice: the detail object by itself.
  instance.get('/general-leads/:id', { schema: detailSchema, ...AS_IT_IS }, async (request, reply) => {
    const leadId = leadIdOf(request)
    const lead = await readCounted(app, request, (caller) => getLead(app, caller, leadId))
    return sendTagged(reply, lead, show(lead))
  })
}

function readReport(request: FastifyRequest): StatusReport {
  return orRefuse(checkStatusReport(mapReport(readObject(request))))
}

function readReason(request: FastifyRequest): string {
  const body = readObject(request)
  refuseUnknown(body, ['reason'])
  return orRefuse(checkDeclineReason(body['reason']))
}
