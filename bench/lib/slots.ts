import { setTimeout as sleep } from 'node:timers/promises'
import {
  BARE_OUTBOX,
  bareUpdateDefines,
  bareUpdateScript,
  MAKE_BARE_OUTBOX,
  runBareUpdates,
  TELL_BARE_UPDATES,
} from './bare-update.ts'
import { type DatabaseAddress, withClient } from './cluster.ts'
import { answeredOk, answers, type LoadPlan, runLoad } from './load-plan.ts'
import { runPgbench } from './pgbench.ts'
import { startMeter } from './processor-time.ts'
import { type Credentials, isWrite } from './requests.ts'
import type { Slot } from './rounds.ts'
import type { BenchServer } from './servers.ts'
import type { Shape } from './shape.ts'
import { runWrk } from './wrk.ts'

/** One seeded database and how it is worked on. */
export interface Setup {
  readonly address: DatabaseAddress
  readonly shape: Shape
  readonly credentials: readonly Credentials[]
  readonly warmUpSeconds: number
  readonly keyedShare: number
  /** Measured by wrk, after a warm-up by our own generator, which looks at the answers. */
  readonly byWrk?: boolean
}

export interface LoadSlot extends Pick<LoadPlan, 'kind' | 'connections'> {
  readonly name: string
  readonly meaning: string
  readonly server: BenchServer
  readonly spread?: LoadPlan['spread']
  /** True when the server only pretends to write. */
  readonly inMemory?: boolean
}

/** Of the writes that a server confirmed, so many at least must stand in the outbox; the rest repeated what was there. */
const TOLD_SHARE_MIN = 0.999

// Another one in each run: on a kept database the same writes again would change nothing.
let seed = Date.now() % 1_000_000_000

/** Load on a server through HTTP. Throws when a confirmed write left no row in the outbox. */
export function loadSlot(setup: Setup, options: LoadSlot): Slot {
  const { name, meaning, server, kind, connections, spread = 'uniform', inMemory = false } = options
  const { shape, credentials, warmUpSeconds, keyedShare, address, byWrk = false } = setup
  return {
    name,
    meaning,
    async measure(seconds) {
      seed += 1
      const { host, port } = server
      const plan = {
        host,
        port,
        kind,
        connections,
        spread,
        seed,
        seconds,
        warmUpSeconds,
        keyedShare,
        shape,
        credentials,
      }
      // Its requests are others than those that are measured.
      if (byWrk) await runLoad({ ...plan, seed: -seed, seconds: warmUpSeconds, warmUpSeconds: 0 })
      const before = await countTold(address)
      const time = await startMeter(address, server.pid)
      const result = await (byWrk ? runWrk(plan) : runLoad(plan))
      // What the lists still lag behind is work of these requests, too, and not of the next slot's.
      if (!inMemory) await untilProjected(address)
      const cost = time.per(answers(result))
      if (isWrite(kind) && !inMemory) {
        checkTold(name, answeredOk(result), (await countTold(address)) - before)
      }
      const { requestsPerSecond, p50, p99, max } = result
      return { perSecond: requestsPerSecond, p50, p99, max, cost }
    },
  }
}

export interface BareSlot {
  readonly name: string
  readonly clients: number
  /** pgbench; null where it is absent. */
  readonly program: string | null
  /** True where lists are asked for, too: behind the measured time a server that runs beside it brings them up to it. */
  readonly isListed?: boolean
}

/** The bare statement, by pgbench or by `pg`. */
export function bareSlot(setup: Setup, { name, clients, program, isListed = false }: BareSlot): Slot {
  const { address, shape, credentials } = setup
  const firstCompanyId = credentials[0]?.companyId ?? 0
  return {
    name,
    meaning: `PostgreSQL alone, one statement a transaction, clients: ${clients}`,
    async measure(seconds) {
      await withClient(address, (client) => client.query(MAKE_BARE_OUTBOX))
      const time = await startMeter(address, null)
      const result =
        program === null
          ? await runBareUpdates({ address, shape, firstCompanyId, clients, seconds })
          : await runPgbench({
              program,
              address,
              clients,
              seconds,
              script: bareUpdateScript(),
              defines: bareUpdateDefines(shape, firstCompanyId),
            })
      const cost = time.per(result.transactions)
      checkTold(name, result.transactions, await countTold(address, BARE_OUTBOX))
      if (isListed) {
        await withClient(address, (client) => client.query(TELL_BARE_UPDATES))
        await untilProjected(address)
      }
      return { perSecond: result.transactionsPerSecond, p50: result.latencyMs, cost }
    },
  }
}

function checkTold(name: string, confirmed: number, told: number): void {
  if (told >= confirmed * TOLD_SHARE_MIN) return
  throw new Error(`${name} confirmed ${confirmed} writes, but the outbox has only ${told} of them.`)
}

/** Outbox rows so far, without counting them: ids are drawn in order, a few more by what was rolled back. */
async function countTold(address: DatabaseAddress, table = 'outbox'): Promise<number> {
  return withClient(address, async (client) => {
    const { rows } = await client.query<{ last: string | null }>(
      "SELECT pg_sequence_last_value(pg_get_serial_sequence($1, 'id')) AS last",
      [table],
    )
    return Number(rows[0]?.last ?? 0)
  })
}

const PROJECTED_WITHIN_MS = 120_000

/** Resolves once the relay of some server has taken every outbox row. */
async function untilProjected(address: DatabaseAddress): Promise<void> {
  const giveUpAt = performance.now() + PROJECTED_WITHIN_MS
  await withClient(address, async (client) => {
    for (;;) {
      const { rowCount } = await client.query('SELECT 1 FROM outbox LIMIT 1')
      if (rowCount === 0) return
      if (performance.now() > giveUpAt) throw new Error('The lists did not catch up with the leads.')
      await sleep(50)
    }
  })
}
