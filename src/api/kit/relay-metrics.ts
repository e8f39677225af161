import { Gauge, Histogram, type Registry } from 'prom-client'
import type { App } from '../../app/app.ts'
import { measureLag, type OutboxLag } from '../../app/live/measure-lag.ts'

/** How lists follow the leads: what waits, for how long, and what the passes of this process take. */
export function addRelayMetrics(registry: Registry, app: App): void {
  // Both gauges of one scrape share one question.
  let asked: Promise<OutboxLag | null> | null = null
  const ask = () => {
    asked ??= measureLag(app).finally(() => {
      asked = null
    })
    return asked
  }
  new Gauge({
    name: 'leadwright_outbox_rows',
    help: 'Changes that lists do not show yet, counted up to 100,000; no number while the store is away.',
    registers: [registry],
    async collect() {
      this.set((await ask())?.depth ?? Number.NaN)
    },
  })
  new Gauge({
    name: 'leadwright_outbox_oldest_seconds',
    help: 'Age of the oldest change that lists do not show yet; no number while the store is away.',
    registers: [registry],
    async collect() {
      this.set((await ask())?.seconds ?? Number.NaN)
    },
  })
  const seconds = new Histogram({
    name: 'leadwright_relay_pass_seconds',
    help: 'Time of one pass of the outbox relay, the wait for other processes included.',
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [registry],
  })
  const rows = new Histogram({
    name: 'leadwright_relay_pass_rows',
    help: 'Changes that one pass of the outbox relay took.',
    buckets: [0, 1, 5, 25, 100, 250, 500, 1000],
    registers: [registry],
  })
  app.feed.passes.observe((pass) => {
    seconds.observe(pass.seconds)
    rows.observe(pass.rows)
  })
}
