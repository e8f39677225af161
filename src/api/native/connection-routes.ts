import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { addConnection } from '../../app/connections/add-connection.ts'
import type { ConnectionView } from '../../app/connections/connection-view.ts'
import { type ConnectionSettings, editConnection } from '../../app/connections/edit-connection.ts'
import { listConnections } from '../../app/connections/list-connections.ts'
import { listRuns } from '../../app/connections/list-runs.ts'
import { removeConnection } from '../../app/connections/remove-connection.ts'
import { runConnection } from '../../app/connections/run-connection.ts'
import { showConnection } from '../../app/connections/show-connection.ts'
import { orRefuse } from '../../app/credentials/or-refuse.ts'
import { linkLead } from '../../app/sync/link-lead.ts'
import { refuse } from '../../core/errors.ts'
import { CONNECTION_EDIT_FIELDS, checkUpstreamId } from '../../core/sync/connection-settings.ts'
import { bodyTag, readIfMatch } from '../kit/etag.ts'
import { callerOf } from '../kit/face.ts'
import type { JsonObject } from '../kit/json-body.ts'
import { readLimit, readQuery } from '../kit/query.ts'
import { idOf, readBody, sendJson } from './body.ts'
import {
  addSchema,
  connectionsSchema,
  editSchema,
  linkSchema,
  removeSchema,
  runSchema,
  runsSchema,
  showSchema,
} from './connection-schemas.ts'
import type { NativeOptions } from './options.ts'

const RUNS_LIMIT = { fallback: 50, max: 100 } as const
const SETTINGS = { access: 'settings' } as const

/** The accounts at upstream services that the company keeps in step with. */
export function addConnectionRoutes(instance: FastifyInstance, options: NativeOptions): void {
  addReadRoutes(instance, options)
  addWriteRoutes(instance, options)
  addLinkRoute(instance, options)
}

function addReadRoutes(instance: FastifyInstance, { app }: NativeOptions): void {
  instance.get('/connections', { schema: connectionsSchema }, async (request, reply) => {
    const connections = await listConnections(app, callerOf(request).companyId)
    return sendJson(reply, { connections: connections.map((connection) => toConnection(request, connection)) })
  })

  instance.get('/connections/:id', { schema: showSchema }, async (request, reply) =>
    sendConnection(request, reply, await showConnection(app, keyOf(request))),
  )

  instance.get('/connections/:id/runs', { schema: runsSchema }, async (request, reply) => {
    const key = keyOf(request)
    const query = readQuery(request, ['cursor', 'limit'])
    const limit = readLimit(query.limit, RUNS_LIMIT)
    return sendJson(reply, await listRuns(app, key, { cursor: query.cursor ?? null, limit }))
  })
}

function addWriteRoutes(instance: FastifyInstance, { app, allowPrivateUpstreams }: NativeOptions): void {
  const allowPrivate = allowPrivateUpstreams
  instance.post('/connections', { config: SETTINGS, schema: addSchema }, async (request, reply) => {
    const input = readBody(request, ['kind', ...CONNECTION_EDIT_FIELDS])
    return sendJson(
      reply,
      await addConnection(app, { companyId: callerOf(request).companyId, input, allowPrivate }),
      201,
    )
  })

  instance.patch('/connections/:id', { config: SETTINGS, schema: editSchema }, async (request, reply) => {
    const key = keyOf(request)
    const input = readBody(request, CONNECTION_EDIT_FIELDS)
    const tags = readIfMatch(request)
    const isExpected = (known: ConnectionSettings) => tags === null || tags.includes(settingsTag(known))
    return sendConnection(request, reply, await editConnection(app, { key, input, allowPrivate, isExpected }))
  })

  instance.delete('/connections/:id', { config: SETTINGS, schema: removeSchema }, async (request, reply) => {
    await removeConnection(app, keyOf(request))
    return reply.code(204).send()
  })

  instance.post('/connections/:id/run', { config: SETTINGS, schema: runSchema }, async (request, reply) =>
    sendJson(reply, await runConnection(app, keyOf(request))),
  )
}

function addLinkRoute(instance: FastifyInstance, { app }: NativeOptions): void {
  instance.post('/connections/:id/leads', { schema: linkSchema }, async (request, reply) => {
    const connectionId = idOf(request)
    const body = readBody(request, ['upstreamId', 'accept'])
    const upstreamId = orRefuse(checkUpstreamId(body['upstreamId']))
    const accept = readAccept(body)
    const caller = callerOf(request)
    const { enabled } = await showConnection(app, { companyId: caller.companyId, id: connectionId })
    if (!enabled) refuse('connection.paused', 'The connection is paused; let it go on first.')
    return sendJson(reply, await linkLead(app, caller, { connectionId, upstreamId, accept }), 201)
  })
}

function readAccept({ accept = false }: JsonObject): boolean {
  if (typeof accept === 'boolean') return accept
  return refuse('field.invalid', '{accept} must be true or false.', { field: 'accept' })
}

function keyOf(request: FastifyRequest): { companyId: number; id: number } {
  return { companyId: callerOf(request).companyId, id: idOf(request) }
}

function sendConnection(request: FastifyRequest, reply: FastifyReply, connection: ConnectionView): FastifyReply {
  return sendJson(reply.header('etag', settingsTag(connection)), toConnection(request, connection))
}

/** Of what is set; how the connection is doing changes all the time. */
function settingsTag(settings: ConnectionSettings): string {
  const { name, baseUrl, fieldRules, intervalSeconds, limits, pushNew, enabled } = settings
  return bodyTag([name, baseUrl, fieldRules, intervalSeconds, limits, pushNew, enabled])
}

/** Who may not change a connection learns nothing of what opens it either. */
function toConnection(request: FastifyRequest, connection: ConnectionView): ConnectionView {
  const isMember = request.signedIn !== null && request.signedIn.role !== 'admin'
  return isMember ? { ...connection, hint: '' } : connection
}
