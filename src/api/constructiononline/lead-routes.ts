import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import { createLead } from '../../app/leads/create-lead.ts'
import { getWorkedLead } from '../../app/leads/get-lead.ts'
import { listWorkedLeads } from '../../app/leads/list-worked-leads.ts'
import { updateLead } from '../../app/leads/update-lead.ts'
import type { Lead } from '../../core/lead/lead.ts'
import { chargedCaller, chargeNow, readCounted } from '../kit/face.ts'
import { idempotencyOf, sendWritten } from '../kit/idempotency.ts'
import { bytesOf } from '../kit/raw-body.ts'
import { sendText } from '../kit/send-text.ts'
import { type DecodedBody, decodeBody } from './decode-body.ts'
import { listText } from './list-text.ts'
import { mapCreate, mapUpdate } from './map-in.ts'
import { toRecord } from './map-out.ts'
import { readLeadId, readListQuery } from './query.ts'
import { CREATE_SCHEMA, LIST_SCHEMA, UPDATE_SCHEMA } from './schemas.ts'
import { unmodifiedSince } from './unmodified-since.ts'

const JSON_TYPE = 'application/json; charset=utf-8'
/** One lead is short: to ask how its answer may be compressed costs each request more than it saves. */
const AS_IT_IS = { compress: false } as const

interface Answer {
  readonly status: number
  readonly body: string
}

/** Documented for an update; inferred for a create, whose list of status codes we could not read. */
function present(lead: Lead): Answer {
  return { status: 200, body: JSON.stringify(toRecord(lead)) }
}

function bodyOf(request: FastifyRequest): DecodedBody {
  return decodeBody(bytesOf(request), request.headers['content-type'])
}

/** The Leads resource: documented are the list, create and update. */
export function addLeadRoutes(instance: FastifyInstance, app: App): void {
  instance.get('/Leads', { schema: LIST_SCHEMA, exposeHeadRoute: false }, async (request, reply) => {
    const query = readListQuery(request)
    reply.type(JSON_TYPE)
    if (query.kind === 'one') {
      const lead = await readCounted(app, request, (caller) => getWorkedLead(app, caller, query.leadId))
      return reply.send(present(lead).body)
    }
    const caller = await chargeNow(app, request)
    return sendText(reply, listText(listWorkedLeads(app, caller, query)))
  })

  instance.post('/Leads', { schema: CREATE_SCHEMA, ...AS_IT_IS }, async (request, reply) => {
    const idempotency = idempotencyOf(request, [bytesOf(request)], present)
    const lead = { source: 'constructiononline', ...mapCreate(bodyOf(request)) } as const
    return sendWritten(reply, await createLead(app, chargedCaller(request), lead, { idempotency }), present)
  })

  instance.put('/Leads', { schema: UPDATE_SCHEMA, ...AS_IT_IS }, async (request, reply) => {
    const leadId = readLeadId(request)
    const idempotency = idempotencyOf(request, [bytesOf(request)], present)
    const input = mapUpdate(bodyOf(request))
    const expectations = [...input.expectations, ...unmodifiedSince(request.headers['if-unmodified-since'])]
    const update = { leadId, ...input, expectations }
    return sendWritten(reply, await updateLead(app, chargedCaller(request), update, { idempotency }), present)
  })
}
