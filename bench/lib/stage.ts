import { type Cluster, type DatabaseAddress, withClient } from './cluster.ts'
import { readCompanies } from './companies.ts'
import { describeMachine, describePostgres } from './machine.ts'
import type { Credentials } from './requests.ts'
import { findShape, seed } from './seeding.ts'
import { describeShape, type Shape } from './shape.ts'

const TIMELINE_EVERY = 4
const SEED_JOBS = 2

export interface Stage {
  readonly address: DatabaseAddress
  readonly shape: Shape
  readonly credentials: readonly Credentials[]
}

/** A database seeded with a shape: the one that is there when its shape is the same, else a new one. */
export async function seededStage(cluster: Cluster, name: string, shape: Shape): Promise<Stage> {
  let address = await cluster.database(name)
  const found = await findShape(address)
  if (found !== null && describeShape(found) === describeShape(shape)) {
    console.log(`database ${name}: ${describeShape(shape)}, as an earlier run left it`)
  } else {
    address = await cluster.emptyDatabase(name)
    const log = (message: string) => console.log(`database ${name}: ${message}`)
    await seed(address, { shape, timelineEvery: TIMELINE_EVERY, jobs: SEED_JOBS, log })
  }
  return { address, shape, credentials: await withClient(address, readCompanies) }
}

/** Prints what the figures depend on. */
export async function printConditions(
  cluster: Cluster,
  address: DatabaseAddress,
  more: readonly string[],
): Promise<void> {
  const postgres = await withClient(address, describePostgres)
  for (const line of [...describeMachine(cluster.dataDir), postgres, ...more]) console.log(line)
}

/** All dirty pages on disk, so that no slot pays for the one before. */
export async function checkpoint(address: DatabaseAddress): Promise<void> {
  await withClient(address, (client) => client.query('CHECKPOINT'))
}
