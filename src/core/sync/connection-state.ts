/** Why the last run failed; the sentence is for people. */
export interface SyncFault {
  readonly code: string
  readonly text: string
  /** ISO instant. */
  readonly at: string
}

/**
 * How a connection is doing. `importing`: the first whole import is not complete. `limited`: the upstream's windows are
 * full, and the next look waits for room. `failing`: tried again by itself. `broken`: somebody should look at the cause.
 */
export const CONNECTION_STATES = ['paused', 'importing', 'healthy', 'limited', 'failing', 'broken'] as const
export type ConnectionState = (typeof CONNECTION_STATES)[number]

export interface ConnectionStanding {
  readonly kind: string
  readonly enabled: boolean
  readonly importedAt: string | null
  readonly nextRunAt: string
  readonly failures: number
  readonly brokenUntil: string | null
  readonly limitedUntil: string | null
  readonly lastError: SyncFault | null
}

/** A failure or two may be a line that was down for a moment. */
const FAILURES_CALM = 2

export function connectionState(standing: ConnectionStanding, nowMs: number): ConnectionState {
  const { enabled, failures, lastError, limitedUntil, importedAt, kind } = standing
  if (!enabled) return 'paused'
  if (lastError?.code === 'unauthorised' || failures > FAILURES_CALM) return 'broken'
  if (limitedUntil !== null && Date.parse(limitedUntil) > nowMs) return 'limited'
  if (failures > 0) return 'failing'
  return importedAt === null && kind === 'constructiononline' ? 'importing' : 'healthy'
}

/** When the next look is due: not before a pause is over. null while none is planned. */
export function nextLookAt({ enabled, nextRunAt, brokenUntil, limitedUntil }: ConnectionStanding): string | null {
  if (!enabled) return null
  const latest = Math.max(...[nextRunAt, brokenUntil, limitedUntil].map((at) => (at === null ? 0 : Date.parse(at))))
  return new Date(latest).toISOString()
}
