import type { FastifyInstance } from 'fastify'
import type { App } from '../../app/app.ts'
import { exportLeads } from '../../app/pipeline/export-leads.ts'
import { findDuplicates } from '../../app/pipeline/find-duplicates.ts'
import { listLeadCards } from '../../app/pipeline/list-lead-cards.ts'
import { attachmentDisposition } from '../../lib/content-disposition.ts'
import { readCounted } from '../kit/face.ts'
import { sendText } from '../kit/send-text.ts'
import { toCard } from './card.ts'
import { csvText } from './lead-csv.ts'
import { duplicatesSchema, exportSchema, listSchema } from './list-schemas.ts'
import { readDuplicateQuery, readExportQuery, readLeadQuery } from './query.ts'

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

  instance.get('/leads.csv', { schema: exportSchema, exposeHeadRoute: false }, async (request, reply) => {
    const wish = readExportQuery(request)
    const list = await readCounted(app, request, (caller) => exportLeads(app, caller, wish))
    reply
      .type('text/csv; charset=utf-8; header=present')
      .header('content-disposition', attachmentDisposition(`leads-${list.today}.csv`))
    return sendText(reply, csvText(list, app.clock().toISOString()))
  })
}
