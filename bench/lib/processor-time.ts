import { type DatabaseAddress, withClient } from './cluster.ts'
import { familyProcessorUs, findPostmaster, processorUs } from './processes.ts'

/**
 * Processor time a request, in microseconds. Unlike a rate it hardly depends on what else the machine does; on a machine
 * whose cores are all busy, the rate is the cores' time divided by the sum.
 */
export interface Cost {
  readonly serverUs: number
  readonly postgresUs: number
  /** The load generator or pgbench, its start included. */
  readonly loadUs: number
}

export interface Meter {
  /** What each of so many requests cost since the start of the meter. */
  per(requests: number): Cost | null
}

/** Begins to count; `server` is null where PostgreSQL is measured alone. */
export async function startMeter(address: DatabaseAddress, server: number | null): Promise<Meter> {
  const postmaster = await withClient(address, findPostmaster)
  if (postmaster === null) return { per: () => null }
  const read = () => ({
    server: server === null ? 0 : processorUs(server).own,
    postgres: familyProcessorUs(postmaster),
    load: processorUs(process.pid).ended,
  })
  const before = read()
  return {
    per(requests) {
      const now = read()
      return {
        serverUs: (now.server - before.server) / requests,
        postgresUs: (now.postgres - before.postgres) / requests,
        loadUs: (now.load - before.load) / requests,
      }
    },
  }
}
