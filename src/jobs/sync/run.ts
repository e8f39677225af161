import type { App } from '../../app/app.ts'
import type { MergeFor } from '../../app/sync/apply-merge.ts'
import type { SyncShape } from '../../core/sync/shape.ts'
import { SHAPES } from '../../core/sync/shapes.ts'
import type { Account } from '../../store/sync/accounts.ts'
import type { ConnectionId } from '../../store/sync/lead-links.ts'
import type { RunCounts } from '../../store/sync/run-log.ts'
import type { CallFault, Connector, Outcome } from './connector.ts'

/** Calls that fail one after the other until a run gives up: one lead that breaks the upstream must not stop the rest. */
const FAILURES_IN_ROW_MAX = 3
/** So long a run begins calls; what is left then is for the next one, as others wait for its place. */
const CALLS_MS = 300_000

type Counts = { -readonly [C in keyof RunCounts]: RunCounts[C] }

export const NO_COUNTS: RunCounts = {
  pulled: 0,
  pushed: 0,
  createdHere: 0,
  createdThere: 0,
  conflicts: 0,
  gone: 0,
  calls: 0,
}

/** One look at an upstream: what it works with, what it has done, and whether it may go on calling. */
export class Run {
  readonly app: App
  readonly account: Account
  readonly connector: Connector
  readonly shape: SyncShape
  readonly of: ConnectionId
  readonly merge: MergeFor
  readonly counts: Counts
  /** Says when nothing more is to be done: the connection is lost, or the process ends. */
  readonly signal: AbortSignal
  /** Why the run ends early, or the last failure that it went on after. */
  fault: CallFault | null = null
  /** Whether what is known of the other side follows what changes there; else it is what answers have shown. */
  isTold = false
  /** A lead was read so soon after a change there that another may be hidden: what is to be sent waits for a second look. */
  isUnsettled = false
  #failuresInRow = 0
  #isStopped = false
  readonly #endsAt = performance.now() + CALLS_MS

  constructor(
    app: App,
    account: Account,
    { connector, counts, signal }: { connector: Connector; counts: Counts; signal: AbortSignal },
  ) {
    const shape = SHAPES[account.kind]
    this.app = app
    this.account = account
    this.connector = connector
    this.shape = shape
    this.counts = counts
    this.signal = signal
    this.of = { companyId: account.companyId, connectionId: account.id }
    const { companyId, id, name, fieldRules } = account
    this.merge = { companyId, id, name, fieldRules, shape }
  }

  /** No more calls are to be made. */
  get isStopped(): boolean {
    return this.#isStopped || performance.now() > this.#endsAt
  }

  /** Takes note of how a call ended, and gives it back. */
  noted<T>(outcome: Outcome<T>): Outcome<T> {
    switch (outcome.kind) {
      case 'limited':
      case 'unauthorised':
        this.stop(outcome)
        break
      case 'away':
        this.fault = outcome
        this.#failuresInRow += 1
        if (this.#failuresInRow >= FAILURES_IN_ROW_MAX || outcome.unsent) this.#isStopped = true
        break
      default:
        this.#failuresInRow = 0
    }
    return outcome
  }

  /** No more calls in this run. */
  stop(fault: CallFault): void {
    this.fault = fault
    this.#isStopped = true
  }
}
