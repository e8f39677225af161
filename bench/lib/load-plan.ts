import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import type { Credentials, RequestKind } from './requests.ts'
import type { Shape } from './shape.ts'

/** What the load generator shall do; given to it as JSON on its standard input. */
export interface LoadPlan {
  readonly host: string
  readonly port: number
  readonly kind: RequestKind
  /** Keep-alive connections, each with one request at a time. */
  readonly connections: number
  readonly warmUpSeconds: number
  readonly seconds: number
  /** Leads by chance; four of five requests on 20 leads; or leads of the first company only. */
  readonly spread: 'uniform' | 'hot' | 'first-company'
  /** Share of the writes that bring an Idempotency-Key. */
  readonly keyedShare: number
  readonly seed: number
  readonly shape: Shape
  /** One a company, in the order of the shape. */
  readonly credentials: readonly Credentials[]
}

/** What it prints as JSON at the end. Times are in milliseconds, from the first byte out to the last byte in. */
export interface LoadResult {
  readonly requestsPerSecond: number
  readonly p50: number
  readonly p99: number
  readonly max: number
  /** Answers by status, warm-up included, so that they can be held against what the store has. */
  readonly statuses: Readonly<Record<string, number>>
  /** The first few answers that were not what they should be, as text. */
  readonly faults: readonly string[]
}

const PROGRAM = path.resolve(import.meta.dirname, '../load.ts')

/** Runs the load generator as a process of its own. Faults are printed at once and loudly, and then thrown. */
export async function runLoad(plan: LoadPlan): Promise<LoadResult> {
  const child = spawn(process.execPath, [PROGRAM], { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  child.stdin.end(JSON.stringify(plan))
  const output = await text(child.stdout)
  const [code] = (await ended) as [number | null]
  if (code !== 0) throw new Error(`The load generator failed (${code}).`)
  const result = JSON.parse(output) as LoadResult
  if (result.faults.length > 0) {
    const counts = JSON.stringify(result.statuses)
    throw new Error(`REQUESTS FAILED (${plan.kind}): ${counts}\n  ${result.faults.join('\n  ')}`)
  }
  return result
}

/** Requests that were answered 200, warm-up included. */
export function answeredOk(result: LoadResult): number {
  return result.statuses['200'] ?? 0
}

/** All requests that were answered, however, warm-up included. */
export function answers(result: LoadResult): number {
  return Object.values(result.statuses).reduce((sum, count) => sum + count, 0)
}
