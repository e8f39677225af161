import type { FastifyInstance } from 'fastify'
import type { App } from '../../app/app.ts'
import { findDuplicates } from '../../app/pipeline/find-duplicates.ts'
import { listLeadCards } from '../../app/pipeline/list-lead-cards.ts'
import { readCounted } from '../kit/face.ts'
import { toCard } from './card.ts'
import { duplicatesSchema, listSchema } from './list-schemas.ts'
import { readDuplicateQuery, readLeadQuery } from './query.ts'

const JSON_TYPE = 'application/json; charset=utf-8'

/** Leads in lists: filtered, sorted and searched, as pages and as a file. */
export function addListRoutes(instance: FastifyInstance, app: App): void {
  instance.get('/leads', { schema: listSchema }, async (request, reply) => {
    const wish = readLeadQuery(request)
    const page = await readCounted(app, request, (caller) => listLeadCards(app, caller, wish))
    const now = app.clock().toISOString()
    const { leads, nextCursor, total, totalIsExact } = page
    const body = { leads: leads.map((lead) => toCard(lead, now)), nextCursor, total, totalIsExact }
    return reply.type(JSON_TYPE).send(JSON.stringify(body))
  })

  instance.get('/leads/duplicates', { schema: duplicatesSchema }, async (request, reply) => {
    const wish = readDuplicateQuery(request)
    const leads = await readCounted(app, request, (caller) => findDuplicates(app, caller, wish))
    const now = app.clock().toISOString()
    return reply.type(JSON_TYPE).send(JSON.stringify({ leads: leads.map((lead) => toCard(lead, now)) }))
  })
}
