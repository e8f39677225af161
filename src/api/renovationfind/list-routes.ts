import type { FastifyInstance } from 'fastify'
import type { App } from '../../app/app.ts'
import { listLeads } from '../../app/leads/list-leads.ts'
import { chargeNow } from '../kit/face.ts'
import { toFull, toLite } from './map-out.ts'
import { readListQuery } from './query.ts'
import { leadListSchema } from './schemas.ts'

/** Our choice: the pages speak of a lite view, which some list must show, and name no operation for it. */
export function addListRoutes(instance: FastifyInstance, app: App): void {
  instance.get('/general-leads', { schema: leadListSchema }, async (request, reply) => {
    const { view, ...input } = readListQuery(request)
    const caller = await chargeNow(app, request)
    const { leads, nextCursor } = await listLeads(app, caller, input)
    const now = app.clock().toISOString()
    const show = view === 'full' ? toFull : toLite
    const body = { success: true, data: leads.map((lead) => show(lead, now)), nextCursor }
    return reply.type('application/json; charset=utf-8').send(JSON.stringify(body))
  })
}
