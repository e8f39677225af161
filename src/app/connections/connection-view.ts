import { type CallGauge, gaugeCalls } from '../../core/sync/call-budget.ts'
import { windowsOf } from '../../core/sync/connection-settings.ts'
import { type ConnectionState, connectionState, nextLookAt } from '../../core/sync/connection-state.ts'
import { SYNC_FIELDS } from '../../core/sync/kinds.ts'
import type { ConnectionRow } from '../../store/sync/connections.ts'
import type { SyncRunRow } from '../../store/sync/runs.ts'

type Shown = Omit<ConnectionRow, 'windows' | 'nextRunAt' | 'brokenUntil' | 'limitedUntil' | 'ownedUntil'>

/** A connection as the office sees it. */
export interface ConnectionView extends Shown {
  readonly state: ConnectionState
  /** Whether it is looking at its upstream right now. */
  readonly running: boolean
  /** null while it is paused. */
  readonly nextRunAt: string | null
  /** How far each window of the upstream is used up, by our own count. */
  readonly windows: readonly CallGauge[]
  /** The fields that it moves. */
  readonly fields: readonly string[]
  readonly lastRun: SyncRunRow | null
}

export function toView(row: ConnectionRow, lastRun: SyncRunRow | null, now: Date): ConnectionView {
  const { windows, nextRunAt: _, brokenUntil: __, limitedUntil: ___, ownedUntil, ...shown } = row
  const nowMs = now.getTime()
  const isOwned = ownedUntil !== null && Date.parse(ownedUntil) > nowMs
  return {
    ...shown,
    state: connectionState(row, nowMs),
    running: isOwned && lastRun !== null && lastRun.endedAt === null,
    nextRunAt: nextLookAt(row),
    windows: gaugeCalls(windows, windowsOf(row.limits), nowMs),
    fields: SYNC_FIELDS[row.kind],
    lastRun,
  }
}
