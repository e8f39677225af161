import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { App } from '../../app/app.ts'
import { makeReadyCheck } from '../../app/check-ready.ts'
import { addDeliveryMetrics } from './delivery-metrics.ts'
import { addRelayMetrics } from './relay-metrics.ts'

/** /healthz (the process lives), /readyz (started, and writes work) and /metrics (Prometheus text). */
export function addHealthRoutes(server: FastifyInstance, app: App, isStarted: () => boolean): void {
  const ready = makeReadyCheck(app, isStarted)
  server.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }))
  server.get('/readyz', { schema: { hide: true } }, async (request, reply) => {
    const fault = await ready()
    if (fault === null) return { status: 'ready' }
    request.log.warn({ fault }, 'not ready')
    return reply.code(503).header('retry-after', '2').send({ status: 'not ready' })
  })
  addMetrics(server, app)
}

function addMetrics(server: FastifyInstance, app: App): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  addRelayMetrics(registry, app)
  addDeliveryMetrics(registry, app, (err) => server.log.warn({ err }, 'deliveries could not be measured'))
  const seconds = new Histogram({
    name: 'leadwright_http_request_seconds',
    help: 'Time from the first byte of a request to the last of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  // Looking labels up costs more than counting; there are as many series as routes and statuses.
  const series = new Map<string, { observe(value: number): void }>()
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none'
    const key = `${request.method} ${route} ${reply.statusCode}`
    let counted = series.get(key)
    if (counted === undefined) {
      counted = seconds.labels(request.method, route, String(reply.statusCode))
      series.set(key, counted)
    }
    counted.observe(reply.elapsedTime / 1000)
    done()
  })
  server.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  )
}
