import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Registry } from 'prom-client'
import type { App } from '../../app/app.ts'
import { makeReadyCheck } from '../../app/check-ready.ts'
import { addDeliveryMetrics } from './delivery-metrics.ts'
import { addRelayMetrics } from './relay-metrics.ts'
import { timeRequests } from './request-metrics.ts'

/** /healthz (the process lives), /readyz (started, and writes work) and /metrics (Prometheus text). */
export function addHealthRoutes(server: FastifyInstance, app: App, isStarted: () => boolean): void {
  const ready = makeReadyCheck(app, isStarted)
  const registry = new Registry()
  timeRequests(server, registry)
  server.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }))
  server.get('/readyz', { schema: { hide: true } }, async (request, reply) => {
    const fault = await ready()
    if (fault === null) return { status: 'ready' }
    request.log.warn({ fault }, 'not ready')
    return reply.code(503).header('retry-after', '2').send({ status: 'not ready' })
  })
  addMetrics(server, app, registry)
}

function addMetrics(server: FastifyInstance, app: App, registry: Registry): void {
  collectDefaultMetrics({ register: registry })
  addRelayMetrics(registry, app)
  addDeliveryMetrics(registry, app, (err) => server.log.warn({ err }, 'deliveries could not be measured'))
  server.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  )
}
