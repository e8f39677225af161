import { type EndpointRow, listEndpoints } from '../../store/webhooks/endpoints.ts'
import { type CallHealth, measureCalls, measureQueues, type QueueHealth } from '../../store/webhooks/health.ts'
import { listSecretTimes, type SecretTimes } from '../../store/webhooks/secrets.ts'
import type { App } from '../app.ts'
import { refuseUnknownEndpoint } from './require-endpoint.ts'

/** How an endpoint fares. */
export interface EndpointHealth {
  readonly waiting: number
  /** False when there are more than were counted. */
  readonly waitingIsExact: boolean
  readonly oldestAt: string | null
  readonly delivered: number
  readonly failed: number
  readonly deliveredPerMinute: number
  readonly lastAttempt: { readonly at: string; readonly outcome: string; readonly status: number | null } | null
}

export interface EndpointView extends EndpointRow {
  readonly secretCreatedAt: string
  readonly previousSecretExpiresAt: string | null
  readonly health: EndpointHealth
}

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
/** Rows that are counted of each endpoint: a queue or a log of millions must not hold the page up. */
const COUNT_MAX = 10_000

/** A company's endpoints, each with its health, in the order in which they were added. */
export async function listEndpointViews(app: App, companyId: number): Promise<EndpointView[]> {
  const now = app.clock()
  const since = new Date(now.getTime() - HOUR_MS)
  const [endpoints, secrets, queues, calls] = await Promise.all([
    listEndpoints(app.db, companyId),
    listSecretTimes(app.db, companyId, now),
    measureQueues(app.db, companyId, COUNT_MAX + 1),
    measureCalls(app.db, companyId, { since, bound: COUNT_MAX }),
  ])
  return endpoints.map((endpoint) => {
    const isOf = ({ endpointId }: { readonly endpointId: number }) => endpointId === endpoint.id
    return {
      ...endpoint,
      ...secretOf(endpoint, secrets.filter(isOf)),
      health: healthOf(queues.find(isOf), calls.find(isOf), now),
    }
  })
}

/** One of them; refuses an id that the company does not have. */
export async function showEndpoint(app: App, companyId: number, endpointId: number): Promise<EndpointView> {
  const views = await listEndpointViews(app, companyId)
  return views.find(({ id }) => id === endpointId) ?? refuseUnknownEndpoint()
}

function secretOf({ createdAt }: EndpointRow, secrets: readonly SecretTimes[]) {
  const ends = secrets.map(({ expiresAt }) => expiresAt).filter((at) => at !== null)
  return { secretCreatedAt: secrets[0]?.createdAt ?? createdAt, previousSecretExpiresAt: ends[0] ?? null }
}

function healthOf(queue: QueueHealth | undefined, calls: CallHealth | undefined, now: Date): EndpointHealth {
  const { waiting = 0, oldestAt = null } = queue ?? {}
  const { delivered = 0, failed = 0 } = calls ?? {}
  return {
    waiting: Math.min(waiting, COUNT_MAX),
    waitingIsExact: waiting <= COUNT_MAX,
    oldestAt,
    delivered,
    failed,
    deliveredPerMinute: perMinute(delivered, delivered + failed, calls?.firstAt ?? null, now),
    lastAttempt: lastOf(calls),
  }
}

/** Over the hour, or over the shorter time that the counted calls took when there were more than are counted. */
function perMinute(delivered: number, counted: number, firstAt: string | null, now: Date): number {
  const isWhole = firstAt === null || counted < COUNT_MAX
  const span = isWhole ? HOUR_MS : Math.max(1000, now.getTime() - Date.parse(firstAt))
  return Math.round((delivered / (span / MINUTE_MS)) * 100) / 100
}

function lastOf(calls: CallHealth | undefined): EndpointHealth['lastAttempt'] {
  if (calls === undefined || calls.lastAt === null || calls.lastOutcome === null) return null
  return { at: calls.lastAt, outcome: calls.lastOutcome, status: calls.lastStatus }
}
