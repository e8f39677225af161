import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { makeSeededRandom } from '../../src/lib/seeded-random.ts'
import type { LoadPlan, LoadResult } from './load-plan.ts'
import { drawRequest, isWrite } from './requests.ts'
import { faceOf, headsOf, requestText } from './signed-requests.ts'
import { targetsOf } from './targets-of.ts'

const run = promisify(execFile)
const SCRIPT = path.join(import.meta.dirname, 'wrk.lua')
/** More than a server here answers: the same request twice would change nothing the second time. */
const REQUESTS_PER_SECOND_MAX = 12_000
const PAGE_ROWS = 2000

/** True where wrk is installed: a load generator in C costs the machine as little for a request as pgbench does. */
export async function hasWrk(): Promise<boolean> {
  try {
    // It answers its version with 1.
    await run('wrk', ['--version'])
    return true
  } catch (error) {
    return error instanceof Error && 'stdout' in error && String(error.stdout).startsWith('wrk')
  }
}

interface Printed {
  readonly requests: number
  readonly us: number
  readonly refused: number
  readonly broken: number
  readonly p50Us: number
  readonly p99Us: number
  readonly maxUs: number
}

/**
 * Runs wrk with the requests that the plan asks for, without a warm-up and without a look at any answer but its status.
 * Its percentiles hold what a stall kept from being sent (wrk corrects for coordinated omission).
 */
export async function runWrk(plan: LoadPlan): Promise<LoadResult> {
  const folder = mkdtempSync(path.join(tmpdir(), 'leadwright-wrk-'))
  try {
    const file = path.join(folder, 'requests')
    await writeRequests(plan, file)
    const seconds = Math.max(1, Math.round(plan.seconds))
    const { host, port, connections } = plan
    const options = ['-t', 1, '-c', connections, '-d', `${seconds}s`, '--timeout', '10s', '-s', SCRIPT]
    const { stdout } = await run('wrk', [...options.map(String), `http://${host}:${port}`, '--', file])
    return readResult(plan, stdout)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function writeRequests(plan: LoadPlan, file: string): Promise<void> {
  const random = makeSeededRandom(plan.seed)
  const heads = headsOf(plan, faceOf(plan.kind))
  const nextTarget = targetsOf(plan, random)
  const keyedShare = isWrite(plan.kind) ? plan.keyedShare : 0
  const runId = randomUUID()
  const next = (n: number) => {
    const { company, leadId } = nextTarget()
    const key = keyedShare > 0 && random.chance(keyedShare) ? `${runId}-${n}` : null
    return `${requestText(drawRequest(plan.kind, random), leadId, heads[company] ?? '', key)}\0`
  }
  const count = REQUESTS_PER_SECOND_MAX * Math.max(1, Math.round(plan.seconds))
  const handle = await open(file, 'w')
  try {
    for (let n = 0; n < count; n += PAGE_ROWS) {
      await handle.writeFile(Array.from({ length: PAGE_ROWS }, (_, i) => next(n + i)).join(''))
    }
  } finally {
    await handle.close()
  }
}

function readResult({ kind }: LoadPlan, output: string): LoadResult {
  const line = output.split('\n').find((one) => one.startsWith('{'))
  if (line === undefined) throw new Error(`wrk did not work:\n${output}`)
  const printed = JSON.parse(line) as Printed
  const { requests, us, refused, broken } = printed
  if (requests === 0 || refused > 0 || broken > 0) throw new Error(`REQUESTS FAILED (${kind}): ${line}`)
  return {
    requestsPerSecond: requests / (us / 1e6),
    p50: printed.p50Us / 1000,
    p99: printed.p99Us / 1000,
    max: printed.maxUs / 1000,
    statuses: { 200: requests },
    faults: [],
  }
}
