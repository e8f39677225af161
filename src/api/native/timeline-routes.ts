import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { App } from '../../app/app.ts'
import { listTimeline } from '../../app/leads/list-timeline.ts'
import { chargeNow } from '../kit/face.ts'
import { readLimit, readQuery } from '../kit/query.ts'
import { Timeline } from './contract/leads.ts'
import type { Shape } from './contract/parts.ts'
import { LEAD_PARAMS, operation, problems, success } from './describe.ts'
import { leadIdOf } from './lead-routes.ts'
import { toEntry } from './timeline-out.ts'

const LIMIT_MAX = 100
const LIMIT_DEFAULT = 50

const schema = operation('Show what happened to a lead', 'Newest first; deleted leads included.', {
  params: LEAD_PARAMS,
  querystring: Type.Object({
    cursor: Type.Optional(Type.String({ description: 'nextCursor of the page before.' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LIMIT_MAX, default: LIMIT_DEFAULT })),
  }),
  response: { 200: success('A page of changes.', Timeline), ...problems(400, 404) },
})

/** What happened to a lead. */
export function addTimelineRoutes(instance: FastifyInstance, app: App): void {
  instance.get('/leads/:id/timeline', { schema }, async (request, reply) => {
    const leadId = leadIdOf(request)
    const query = readQuery(request, ['cursor', 'limit'])
    const limit = readLimit(query.limit, { fallback: LIMIT_DEFAULT, max: LIMIT_MAX })
    const caller = await chargeNow(app, request)
    const page = await listTimeline(app, caller, { leadId, cursor: query.cursor ?? null, limit })
    const body: Shape<typeof Timeline> = {
      entries: page.entries.map((entry) => toEntry(entry, page.names)),
      nextCursor: page.nextCursor,
    }
    return reply.type('application/json; charset=utf-8').send(JSON.stringify(body))
  })
}
