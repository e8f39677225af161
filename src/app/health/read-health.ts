import type { ConnectionState, SyncFault } from '../../core/sync/connection-state.ts'
import type { DisabledReason } from '../../core/webhooks/events.ts'
import { countCompanyDigests, type DigestCounts } from '../../store/digests.ts'
import { findCompanyLag, type OutboxLag } from '../../store/pipeline/outbox-lag.ts'
import type { App } from '../app.ts'
import { listConnections } from '../connections/list-connections.ts'
import { type EndpointView, listEndpointViews } from '../webhooks/show-endpoints.ts'

export interface SwitchedOff {
  readonly id: number
  readonly url: string
  readonly reason: Exclude<DisabledReason, 'office'>
}

/** Of the webhooks of a company, all endpoints together. What waits is that of endpoints in force. */
export interface WebhookHealth {
  readonly endpoints: number
  readonly disabled: number
  /** Those of them that nobody here switched off: the receiver is gone, or has failed for days. */
  readonly switchedOff: readonly SwitchedOff[]
  readonly waiting: number
  /** False when more wait than were counted. */
  readonly waitingIsExact: boolean
  readonly oldestAt: string | null
  /** Calls of the last hour. */
  readonly delivered: number
  readonly failed: number
  readonly deliveredPerMinute: number
  /** The endpoints with failures in the last hour, the most first. */
  readonly failing: readonly { readonly id: number; readonly url: string; readonly failed: number }[]
}

export interface ConnectionHealth {
  readonly id: number
  readonly name: string
  readonly state: ConnectionState
  readonly lastOkAt: string | null
  readonly openConflicts: number
  readonly lastError: SyncFault | null
}

/** How everything that follows the leads of a company is doing. */
export interface DeskHealth {
  /** Changes that lists and the outside have not been told of yet. */
  readonly outbox: OutboxLag
  readonly webhooks: WebhookHealth
  readonly connections: readonly ConnectionHealth[]
  /** Mails of mornings in the last 24 hours. */
  readonly digests: DigestCounts
}

export async function readHealth(app: App, companyId: number): Promise<DeskHealth> {
  const [outbox, endpoints, connections, digests] = await Promise.all([
    findCompanyLag(app.db, companyId),
    listEndpointViews(app, companyId),
    listConnections(app, companyId),
    countCompanyDigests(app.db, companyId),
  ])
  return {
    outbox,
    webhooks: together(endpoints),
    connections: connections.map(({ id, name, state, lastOkAt, openConflicts, lastError }) => {
      return { id, name, state, lastOkAt, openConflicts, lastError }
    }),
    digests,
  }
}

function together(endpoints: readonly EndpointView[]): WebhookHealth {
  const sum = (of: (health: EndpointView['health']) => number) =>
    endpoints.reduce((total, { health }) => total + of(health), 0)
  // The queue of one that is switched off is kept, grows older and is nobody's trouble.
  const inForce = endpoints.filter(({ disabledAt }) => disabledAt === null)
  const failing = endpoints.map(({ id, url, health }) => ({ id, url, failed: health.failed }))
  return {
    endpoints: endpoints.length,
    disabled: endpoints.length - inForce.length,
    switchedOff: endpoints.flatMap(({ id, url, disabledReason: reason }) =>
      reason === null || reason === 'office' ? [] : [{ id, url, reason }],
    ),
    waiting: inForce.reduce((total, { health }) => total + health.waiting, 0),
    waitingIsExact: inForce.every(({ health }) => health.waitingIsExact),
    oldestAt: inForce.reduce<string | null>((oldest, { health }) => earlier(oldest, health.oldestAt), null),
    delivered: sum(({ delivered }) => delivered),
    failed: sum(({ failed }) => failed),
    deliveredPerMinute: Math.round(sum(({ deliveredPerMinute }) => deliveredPerMinute) * 100) / 100,
    failing: failing.filter(({ failed }) => failed > 0).sort((a, b) => b.failed - a.failed),
  }
}

/** ISO instants compare as text. */
function earlier(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other
  return one < other ? one : other
}
