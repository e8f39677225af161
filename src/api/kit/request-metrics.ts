import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Histogram, type Registry } from 'prom-client'

const BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

type Observe = (request: FastifyRequest, reply: FastifyReply) => void

/** Times every request by method, route and status. Call it before the routes are added. */
export function timeRequests(server: FastifyInstance, registry: Registry): void {
  const seconds = new Histogram({
    name: 'leadwright_http_request_seconds',
    help: 'Time from the first byte of a request to the last of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers: [registry],
  })
  // By a hook of each route, as to ask a request for its route makes an object of everything that the route has.
  server.addHook('onRoute', (route) => {
    const observe = observer(seconds, route.url)
    route.onResponse = [
      ...[route.onResponse ?? []].flat(),
      (request, reply, done) => {
        observe(request, reply)
        done()
      },
    ]
  })
  const observeNone = observer(seconds, 'none')
  server.addHook('onResponse', (request, reply, done) => {
    if (request.is404) observeNone(request, reply)
    done()
  })
}

/** Looking labels up costs more than counting; a route has as many series as methods and statuses. */
function observer(seconds: Histogram<'method' | 'route' | 'status'>, route: string): Observe {
  const byMethod = new Map<string, Map<number, { observe(value: number): void }>>()
  return ({ method }, { statusCode, elapsedTime }) => {
    const known = byMethod.get(method) ?? new Map()
    byMethod.set(method, known)
    const series = known.get(statusCode) ?? seconds.labels(method, route, String(statusCode))
    known.set(statusCode, series)
    series.observe(elapsedTime / 1000)
  }
}
