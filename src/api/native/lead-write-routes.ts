import type { FastifyInstance } from 'fastify'
import type { App } from '../../app/app.ts'
import { orRefuse } from '../../app/credentials/or-refuse.ts'
import { acceptLead } from '../../app/leads/accept-lead.ts'
import { declineLead } from '../../app/leads/decline-lead.ts'
import { markViewed } from '../../app/leads/mark-viewed.ts'
import { reportStatus } from '../../app/leads/report-status.ts'
import { checkDeclineReason } from '../../core/lead/answer-offer.ts'
import { readJsonObject, refuseUnknown } from '../kit/json-body.ts'
import { answerWrite } from './answer-lead.ts'
import { leadIdOf } from './lead-routes.ts'
import { acceptSchema, declineSchema, statusSchema, viewedSchema } from './lead-schemas.ts'
import { mapReport } from './map-in.ts'

/** The steps of the work on a lead: accept, decline, status report, viewed. */
export function addLeadWriteRoutes(instance: FastifyInstance, app: App): void {
  instance.post('/leads/:id/accept', { schema: acceptSchema }, async (request, reply) => {
    const leadId = leadIdOf(request)
    const write = { app, request, reply, parts: [] } as const
    return answerWrite({ ...write, write: (caller, options) => acceptLead(app, caller, leadId, options) })
  })

  instance.post('/leads/:id/decline', { schema: declineSchema }, async (request, reply) => {
    const leadId = leadIdOf(request)
    const body = readJsonObject(request, { typeRequired: true })
    refuseUnknown(body, ['reason'])
    const reason = orRefuse(checkDeclineReason(body['reason']))
    return answerWrite({
      app,
      request,
      reply,
      write: (caller, options) => declineLead(app, caller, { leadId, reason }, options),
    })
  })

  instance.post('/leads/:id/status', { schema: statusSchema }, async (request, reply) => {
    const leadId = leadIdOf(request)
    const report = mapReport(readJsonObject(request, { typeRequired: true }))
    return answerWrite({
      app,
      request,
      reply,
      write: (caller, options) => reportStatus(app, caller, { leadId, report }, options),
    })
  })

  instance.post('/leads/:id/viewed', { schema: viewedSchema }, async (request, reply) => {
    const leadId = leadIdOf(request)
    const write = { app, request, reply, parts: [] } as const
    return answerWrite({ ...write, write: (caller, options) => markViewed(app, caller, leadId, options) })
  })
}
