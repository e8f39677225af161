import { randomUUID } from 'node:crypto'
import type { App } from '../../app/app.ts'
import { openCredentials } from '../../app/connections/credentials.ts'
import { NO_UPSTREAMS, type Upstreams } from '../../app/sync/upstreams.ts'
import { type Account, claimDue, endClaim, releaseClaim, renewClaims } from '../../store/sync/accounts.ts'
import { beginRun, endRun, type RunCounts } from '../../store/sync/run-log.ts'
import { makeOutboundClient, type OutboundClient } from '../outbound/http-client.ts'
import { makeUpstreamCall } from '../outbound/upstream-client.ts'
import type { CallFault } from './connector.ts'
import { makeConnector } from './connectors.ts'
import { ConnectionLostError, countCalls } from './counted-call.ts'
import { makeLinker } from './link-lead.ts'
import { type Opening, Places } from './places.ts'
import { NO_COUNTS, Run } from './run.ts'
import { type Ran, runAccount } from './run-account.ts'
import { endOf } from './run-end.ts'

export interface SyncEngineOptions {
  /** Upstreams on private addresses may be called. */
  readonly allowPrivate: boolean
  readonly log: (message: string, fields: Record<string, unknown>) => void
}

export interface SyncEngine {
  readonly upstreams: Upstreams
  start(app: App): void
  /** Breaks calls off and lets all connections go. */
  stop(): Promise<void>
}

const LOOK_EVERY_MS = 500
const RENEW_EVERY_MS = 5000
/** How long after a kill -9 another process takes over. */
const HELD_MS = 20_000

/**
 * Keeps accounts at upstreams in step: every server looks twice a second for connections that are due and that nobody holds.
 * Each runs by itself, and the slow ones have places of their own, so that none of them delays another.
 */
export function makeSyncEngine({ allowPrivate, log }: SyncEngineOptions): SyncEngine {
  const client = makeOutboundClient({ allowPrivate })
  let engine: Engine | null = null
  let upstreams: Upstreams = NO_UPSTREAMS
  return {
    upstreams: { link: (caller, wish) => upstreams.link(caller, wish) },
    start(app) {
      upstreams = makeLinker(app, client)
      engine = new Engine(app, client, log)
      engine.start()
    },
    async stop() {
      await engine?.stop()
      await client.close()
    },
  }
}

interface Running {
  readonly done: Promise<void>
  /** Aborted when the connection is no longer held. */
  readonly lease: AbortController
}

interface CarriedOut {
  readonly counts: RunCounts
  readonly fault: CallFault | null
  readonly ran: Ran | null
  readonly isLost: boolean
}

/** Something here was away, most likely the store: the upstream has no part in it, but is not to be asked at once. */
const OWN_FAULT: CallFault = { kind: 'away', cause: 'own', unsent: true, text: 'Leadwright could not finish the run.' }
const BROKEN_OFF: CallFault = { kind: 'away', cause: 'own', unsent: true, text: 'The run was broken off.' }

class Engine {
  readonly #app: App
  readonly #client: OutboundClient
  readonly #log: SyncEngineOptions['log']
  readonly #owner = randomUUID()
  readonly #stopping = new AbortController()
  readonly #running = new Map<number, Running>()
  readonly #places = new Places()
  #looking: Promise<void> | null = null
  #timers: NodeJS.Timeout[] = []

  constructor(app: App, client: OutboundClient, log: SyncEngineOptions['log']) {
    this.#app = app
    this.#client = client
    this.#log = log
  }

  start(): void {
    const look = () => {
      this.#looking ??= this.#look().finally(() => {
        this.#looking = null
      })
    }
    const renew = () => void this.#renew().catch((error: unknown) => this.#trouble(error))
    this.#timers = [setInterval(look, LOOK_EVERY_MS), setInterval(renew, RENEW_EVERY_MS)]
    for (const timer of this.#timers) timer.unref()
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    this.#stopping.abort()
    await this.#looking
    await Promise.all([...this.#running.values()].map(({ done }) => done))
  }

  async #look(): Promise<void> {
    try {
      await this.#begin(this.#places.forQuick([...this.#running.keys()]))
      await this.#begin(this.#places.forSlow([...this.#running.keys()]))
    } catch (error) {
      this.#trouble(error)
    }
  }

  async #begin(opening: Opening): Promise<void> {
    if (opening.limit <= 0 || opening.among?.length === 0 || this.#stopping.signal.aborted) return
    const now = this.#app.clock()
    const until = new Date(now.getTime() + HELD_MS)
    for (const account of await claimDue(this.#app.db, { owner: this.#owner, now, until, ...opening })) {
      const lease = new AbortController()
      const beganAt = performance.now()
      const done = this.#run(account, now, lease.signal)
        .catch((error: unknown) => this.#trouble(error))
        .finally(() => {
          this.#running.delete(account.id)
          this.#places.note(account.id, performance.now() - beganAt)
        })
      this.#running.set(account.id, { done, lease })
    }
  }

  async #renew(): Promise<void> {
    if (this.#running.size === 0) return
    const now = this.#app.clock()
    const until = new Date(now.getTime() + HELD_MS)
    const running = [...this.#running]
    const ids = running.map(([id]) => id)
    const kept = await renewClaims(this.#app.db, { owner: this.#owner, now, until }, ids)
    // What they have read may be old by now, and somebody else may have gone on.
    for (const [id, { lease }] of running) if (!kept.includes(id)) lease.abort(new ConnectionLostError())
  }

  /** One run, written down from its beginning to its end. A run that lost its connection leaves that as it is. */
  async #run(account: Account, startedAt: Date, lease: AbortSignal): Promise<void> {
    const { db, clock } = this.#app
    const of = { companyId: account.companyId, connectionId: account.id }
    const runId = await beginRun(db, of, startedAt)
    const { counts, fault, ran, isLost } = await this.#carryOut(account, lease)
    const at = clock()
    const whose = { account, owner: this.#owner, startedAt, at, random: Math.random() }
    const end = endOf({ fault, ran }, whose)
    await endRun(db, of, { id: runId, counts, error: end.error, at })
    if (isLost) await releaseClaim(db, this.#owner, account.id)
    else await endClaim(db, end)
  }

  async #carryOut(account: Account, lease: AbortSignal): Promise<CarriedOut> {
    const signal = AbortSignal.any([this.#stopping.signal, lease])
    let run: Run | null = null
    try {
      run = await this.#prepare(account, signal)
      const ran = await runAccount(run)
      return { counts: run.counts, fault: run.fault, ran, isLost: false }
    } catch (error) {
      const isLost = error instanceof ConnectionLostError || signal.aborted
      if (!isLost) this.#log('a sync run failed', { connection: account.id, error: String(error) })
      return { counts: run?.counts ?? NO_COUNTS, fault: isLost ? BROKEN_OFF : OWN_FAULT, ran: null, isLost }
    }
  }

  async #prepare(account: Account, signal: AbortSignal): Promise<Run> {
    const credentials = await openCredentials(this.#app.secrets, account.companyId, account.sealed)
    const { baseUrl } = account
    const counts = { ...NO_COUNTS }
    const onCall = () => {
      counts.calls += 1
    }
    const call = makeUpstreamCall({ client: this.#client, baseUrl, signal })
    const counted = countCalls(this.#app, call, { account, owner: this.#owner, onCall })
    return new Run(this.#app, account, { connector: makeConnector(credentials, counted), counts, signal })
  }

  #trouble(error: unknown): void {
    if (!this.#stopping.signal.aborted) this.#log('sync does not work at the moment', { error: String(error) })
  }
}
