import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import { orRefuse } from '../../app/credentials/or-refuse.ts'
import { type AssignmentResult, assignLeads, checkLeadIds } from '../../app/leads/assign-leads.ts'
import { createOwnLead } from '../../app/leads/create-own-lead.ts'
import { deleteLead, restoreLead } from '../../app/leads/delete-lead.ts'
import { editLead } from '../../app/leads/edit-lead.ts'
import { getAnyLead } from '../../app/leads/get-lead.ts'
import { readAssigneeId } from '../../core/lead/lead-edit.ts'
import { leadTag, matchesTag, refuseIfMatch } from '../kit/etag.ts'
import { chargeNow, readCounted } from '../kit/face.ts'
import { keyOf } from '../kit/idempotency.ts'
import { readJsonObject, refuseUnknown } from '../kit/json-body.ts'
import { readId } from '../kit/parameters.ts'
import { bytesOf } from '../kit/raw-body.ts'
import { answerWrite, sendLead } from './answer-lead.ts'
import { assignSchema, createSchema, deleteSchema, editSchema, restoreSchema, showSchema } from './lead-schemas.ts'
import { mapEdit } from './map-in.ts'

/** The lead that the path names. */
export function leadIdOf(request: FastifyRequest): number {
  return readId((request.params as { id: string }).id, 'id')
}

/** The lead itself: show, create, edit, delete and restore, and assign many. */
export function addLeadRoutes(instance: FastifyInstance, app: App): void {
  instance.get('/leads/:id', { schema: showSchema }, async (request, reply) => {
    const leadId = leadIdOf(request)
    const lead = await readCounted(app, request, (caller) => getAnyLead(app, caller, leadId))
    const tag = leadTag(lead)
    if (matchesTag(request.headers['if-none-match'], tag)) return reply.code(304).header('etag', tag).send()
    return sendLead({ app, request, reply, status: 200 }, lead)
  })

  instance.post('/leads', { schema: createSchema }, async (request, reply) => {
    refuseIfMatch(request)
    const edit = mapEdit(readJsonObject(request, { typeRequired: true }))
    return answerWrite({
      app,
      request,
      reply,
      status: 201,
      write: (caller, options) => createOwnLead(app, caller, edit, options),
    })
  })

  instance.patch('/leads/:id', { schema: editSchema }, async (request, reply) => {
    const leadId = leadIdOf(request)
    const edit = mapEdit(readJsonObject(request, { typeRequired: true }))
    return answerWrite({
      app,
      request,
      reply,
      write: (caller, options) => editLead(app, caller, { leadId, edit }, options),
    })
  })

  instance.delete('/leads/:id', { schema: deleteSchema }, async (request, reply) => {
    const leadId = leadIdOf(request)
    const write = { app, request, reply, parts: [] } as const
    return answerWrite({ ...write, write: (caller, options) => deleteLead(app, caller, leadId, options) })
  })

  instance.post('/leads/:id/restore', { schema: restoreSchema }, async (request, reply) => {
    const leadId = leadIdOf(request)
    const write = { app, request, reply, parts: [] } as const
    return answerWrite({ ...write, write: (caller, options) => restoreLead(app, caller, leadId, options) })
  })

  addAssignRoute(instance, app)
}

function addAssignRoute(instance: FastifyInstance, app: App): void {
  const present = ({ changed, missing }: AssignmentResult) => ({
    status: 200,
    body: JSON.stringify({ changed, missing }),
  })
  instance.post('/leads/assign', { schema: assignSchema }, async (request, reply) => {
    refuseIfMatch(request)
    const idempotency = keyOf(request, [bytesOf(request)])
    const body = readJsonObject(request, { typeRequired: true })
    refuseUnknown(body, ['ids', 'assigneeId'])
    const leadIds = orRefuse(checkLeadIds(body['ids']))
    const assigneeId = orRefuse(readAssigneeId(body['assigneeId']))
    const caller = await chargeNow(app, request)
    const { answer, replayed } = await assignLeads(app, caller, { leadIds, assigneeId }, { idempotency, present })
    if (replayed) reply.header('idempotency-replayed', 'true')
    return reply.code(answer.status).type('application/json; charset=utf-8').send(answer.body)
  })
}
