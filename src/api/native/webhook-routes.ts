import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { addEndpoint } from '../../app/webhooks/add-endpoint.ts'
import { editEndpoint } from '../../app/webhooks/edit-endpoint.ts'
import { removeEndpoint } from '../../app/webhooks/remove-endpoint.ts'
import { replayMessages } from '../../app/webhooks/replay-messages.ts'
import { rotateSecret } from '../../app/webhooks/rotate-secret.ts'
import { sendTest } from '../../app/webhooks/send-test.ts'
import { type EndpointView, listEndpointViews, showEndpoint } from '../../app/webhooks/show-endpoints.ts'
import { readIfMatch, versionTag } from '../kit/etag.ts'
import { callerOf } from '../kit/face.ts'
import { idOf, readBody, sendJson } from './body.ts'
import type { NativeOptions } from './options.ts'
import { addAttemptRoutes } from './webhook-attempt-routes.ts'
import {
  addSchema,
  editSchema,
  listSchema,
  removeSchema,
  replaySchema,
  rotateSchema,
  showSchema,
  testSchema,
} from './webhook-schemas.ts'

const SETTINGS = { access: 'settings' } as const
const FIELDS = ['url', 'events', 'description', 'perSecond'] as const

/** The addresses that a company's leads are told to. */
export function addWebhookRoutes(instance: FastifyInstance, options: NativeOptions): void {
  addReadRoutes(instance, options)
  addWriteRoutes(instance, options)
  addMessageRoutes(instance, options)
  addAttemptRoutes(instance, options)
}

function addReadRoutes(instance: FastifyInstance, { app }: NativeOptions): void {
  instance.get('/webhook-endpoints', { config: SETTINGS, schema: listSchema }, async (request, reply) => {
    const endpoints = await listEndpointViews(app, callerOf(request).companyId)
    return sendJson(reply, { endpoints: endpoints.map(toEndpoint) })
  })

  instance.get('/webhook-endpoints/:id', { config: SETTINGS, schema: showSchema }, async (request, reply) => {
    const { companyId, endpointId } = endpointKeyOf(request)
    return sendEndpoint(reply, await showEndpoint(app, companyId, endpointId))
  })
}

function addWriteRoutes(instance: FastifyInstance, { app, allowPrivateWebhooks }: NativeOptions): void {
  const rules = { allowPrivate: allowPrivateWebhooks }
  instance.post('/webhook-endpoints', { config: SETTINGS, schema: addSchema }, async (request, reply) => {
    const { companyId } = callerOf(request)
    const { endpoint, secret } = await addEndpoint(app, { companyId, input: readBody(request, FIELDS), rules })
    return sendJson(reply.header('etag', versionTag(endpoint)), { ...toEndpoint(endpoint), secret }, 201)
  })

  instance.patch('/webhook-endpoints/:id', { config: SETTINGS, schema: editSchema }, async (request, reply) => {
    const { companyId, endpointId } = endpointKeyOf(request)
    const input = readBody(request, [...FIELDS, 'enabled'])
    const tags = readIfMatch(request)
    const isExpected = (known: Pick<EndpointView, 'version'>) => tags === null || tags.includes(versionTag(known))
    return sendEndpoint(reply, await editEndpoint(app, endpointId, { companyId, input, rules }, isExpected))
  })

  instance.delete('/webhook-endpoints/:id', { config: SETTINGS, schema: removeSchema }, async (request, reply) => {
    const { companyId, endpointId } = endpointKeyOf(request)
    await removeEndpoint(app, companyId, endpointId)
    return reply.code(204).send()
  })

  const rotate = '/webhook-endpoints/:id/rotate-secret'
  instance.post(rotate, { config: SETTINGS, schema: rotateSchema }, async (request, reply) => {
    const { companyId, endpointId } = endpointKeyOf(request)
    return sendJson(reply, await rotateSecret(app, companyId, endpointId))
  })
}

function addMessageRoutes(instance: FastifyInstance, { app }: NativeOptions): void {
  instance.post('/webhook-endpoints/:id/test', { config: SETTINGS, schema: testSchema }, async (request, reply) =>
    sendJson(reply, { messageId: await sendTest(app, endpointKeyOf(request)) }, 202),
  )

  instance.post('/webhook-endpoints/:id/replay', { config: SETTINGS, schema: replaySchema }, async (request, reply) => {
    const key = endpointKeyOf(request)
    const input = readBody(request, ['attemptIds', 'since', 'from', 'to'])
    return sendJson(reply, { queued: await replayMessages(app, key, input) }, 202)
  })
}

function endpointKeyOf(request: FastifyRequest) {
  return { companyId: callerOf(request).companyId, endpointId: idOf(request) }
}

function sendEndpoint(reply: FastifyReply, endpoint: EndpointView): FastifyReply {
  return sendJson(reply.header('etag', versionTag(endpoint)), toEndpoint(endpoint))
}

function toEndpoint({ disabledAt, ...endpoint }: EndpointView) {
  return { ...endpoint, enabled: disabledAt === null, disabledAt }
}
