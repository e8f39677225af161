import { CONNECTION_STATES, connectionState } from '../../core/sync/connection-state.ts'
import { countDigests, type DigestCounts } from '../../store/digests.ts'
import { countEndpointStates, listStandings, measureAllQueues, type QueueDepth } from '../../store/health.ts'
import type { App } from '../app.ts'

/** Enough to see that something is wrong; nobody needs the exact number then. */
const QUEUE_MAX = 10_000
/** However many ask, the store is asked so often. */
const FRESH_MS = 5_000

/** How deliveries, connections and mails are doing, of all companies together. */
export interface InstallationHealth {
  readonly queues: QueueDepth
  readonly endpoints: readonly { readonly state: string; readonly count: number }[]
  readonly connections: readonly { readonly state: string; readonly count: number }[]
  readonly digests: DigestCounts
}

/** Asks the store at most every few seconds; what it answers is null when the store cannot say, of which `onError` is told. */
export function makeInstallationMeasure(
  app: App,
  onError: (error: unknown) => void,
): () => Promise<InstallationHealth | null> {
  let last: { readonly at: number; readonly answer: Promise<InstallationHealth | null> } | null = null
  const ask = () =>
    measure(app).catch((error: unknown) => {
      onError(error)
      return null
    })
  return () => {
    const now = performance.now()
    if (last === null || now - last.at > FRESH_MS) last = { at: now, answer: ask() }
    return last.answer
  }
}

/** One after the other: a scrape takes one connection of the pool and not all. */
async function measure(app: App): Promise<InstallationHealth> {
  const queues = await measureAllQueues(app.db, QUEUE_MAX)
  const endpoints = await countEndpointStates(app.db)
  const standings = await listStandings(app.db)
  const digests = await countDigests(app.db)
  const nowMs = app.clock().getTime()
  const connections = CONNECTION_STATES.map((state) => ({
    state,
    count: standings.filter((one) => connectionState(one, nowMs) === state).length,
  }))
  return { queues, endpoints, connections, digests }
}
