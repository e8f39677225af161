import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { App } from '../../app/app.ts'
import { type InstallationHealth, makeInstallationMeasure } from '../../app/health/measure-installation.ts'

/** Endpoints that are counted by name; what fails beyond them is counted under one. */
const ENDPOINT_SERIES_MAX = 500

/** How webhooks, connections and mails do: what waits in the store, and the calls that this process makes. */
export function addDeliveryMetrics(registry: Registry, app: App, onError: (error: unknown) => void): void {
  const measure = makeInstallationMeasure(app, onError)
  const gauge = (name: string, help: string, read: (health: InstallationHealth) => number) =>
    new Gauge({
      name,
      help: `${help}; no number while the store is away.`,
      registers: [registry],
      async collect() {
        const health = await measure()
        this.set(health === null ? Number.NaN : read(health))
      },
    })
  gauge(
    'leadwright_webhook_waiting',
    'Deliveries that wait, counted up to 10,000 of each endpoint in force',
    ({ queues }) => queues.waiting,
  )
  gauge(
    'leadwright_webhook_held',
    'Deliveries that wait for another attempt of theirs, or of one before them',
    ({ queues }) => queues.held,
  )
  gauge('leadwright_webhook_oldest_seconds', 'Age of the oldest waiting delivery', ({ queues }) => queues.seconds)
  const states = (name: string, help: string, find: (health: InstallationHealth) => InstallationHealth['endpoints']) =>
    new Gauge({
      name,
      help,
      labelNames: ['state'],
      registers: [registry],
      async collect() {
        const health = await measure()
        this.reset()
        for (const { state, count } of health === null ? [] : find(health)) this.labels(state).set(count)
      },
    })
  states('leadwright_webhook_endpoints', 'Webhook endpoints by state.', ({ endpoints }) => endpoints)
  states('leadwright_connections', 'Connections to upstream services by state.', ({ connections }) => connections)
  states('leadwright_digest_mails', 'Mails of mornings in the last 24 hours by what came of them.', ({ digests }) =>
    Object.entries(digests).map(([state, count]) => ({ state, count })),
  )
  countCalls(registry, app)
}

/** The rate of deliveries is that of the counter. */
function countCalls(registry: Registry, app: App): void {
  const calls = new Counter({
    name: 'leadwright_webhook_attempts_total',
    help: 'Calls to webhook endpoints by outcome.',
    labelNames: ['outcome'],
    registers: [registry],
  })
  const failures = new Counter({
    name: 'leadwright_webhook_failures_total',
    help: `Failed calls by endpoint; endpoints beyond ${ENDPOINT_SERIES_MAX} are counted as "other".`,
    labelNames: ['company', 'endpoint'],
    registers: [registry],
  })
  const seconds = new Histogram({
    name: 'leadwright_webhook_attempt_seconds',
    help: 'Time of a call to a webhook endpoint.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
    registers: [registry],
  })
  const named = new Set<string>()
  app.deliveries.observe(({ companyId, endpointId, outcome, milliseconds }) => {
    calls.labels(outcome).inc()
    seconds.observe(milliseconds / 1000)
    if (outcome === 'delivered') return
    const name = `${companyId}/${endpointId}`
    if (named.has(name) || named.size < ENDPOINT_SERIES_MAX) {
      named.add(name)
      failures.labels(String(companyId), String(endpointId)).inc()
    } else failures.labels('other', 'other').inc()
  })
}
