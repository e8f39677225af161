import { randomUUID } from 'node:crypto'
import { makeSeededRandom } from '../../src/lib/seeded-random.ts'
import { Connection } from './connection.ts'
import { Histogram } from './histogram.ts'
import { drawRequest, isWrite, type RequestKind } from './requests.ts'
import { drawTarget } from './shape.ts'
import { type Face, faceOf, headsOf, prime, type Reached, requestText } from './signed-requests.ts'

/** Of a hundred requests: 80 reads, half by id and the rest lists, 18 status updates and 2 creates. */
const MIX: readonly (readonly [kind: RequestKind, percent: number])[] = [
  ['renovationfind-get', 25],
  ['constructiononline-get', 25],
  ['renovationfind-newest', 10],
  ['renovationfind-by-status', 5],
  ['renovationfind-changes', 5],
  ['constructiononline-page', 10],
  ['renovationfind-status', 9],
  ['constructiononline-status', 9],
  ['constructiononline-create', 2],
]
/** Share of the writes that bring an Idempotency-Key. */
const KEYED_SHARE = 0.5
const FAULTS_MAX = 5

/** What was answered since the window before; `faults` are answers that were not what they should be. */
export interface LoadWindow {
  readonly seconds: number
  readonly times: Histogram
  readonly faults: readonly string[]
}

export interface MixedLoad {
  /** Closes the window since the last call and opens the next. */
  takeWindow(): LoadWindow
  /** Resolves once every connection has its last answer; rejects when one broke. */
  readonly ended: Promise<void>
  stop(): void
}

/** Keeps connections busy with the mix, each with one request at a time, until it is stopped. */
export async function startMixedLoad(reached: Reached, connections: number): Promise<MixedLoad> {
  const heads: Readonly<Record<Face, readonly string[]>> = {
    renovationfind: headsOf(reached, 'renovationfind'),
    constructiononline: headsOf(reached, 'constructiononline'),
  }
  for (const face of ['renovationfind', 'constructiononline'] as const) await prime(reached, face, heads[face])
  const hundred = MIX.flatMap(([kind, percent]) => Array.from({ length: percent }, () => kind))
  const runId = randomUUID()
  const open = () => ({ since: performance.now(), times: new Histogram(), faults: [] as string[] })
  let window = open()
  let isStopping = false

  async function drive(number: number): Promise<void> {
    const random = makeSeededRandom(number)
    const connection = await Connection.open(reached.host, reached.port)
    for (let n = 0; !isStopping; n += 1) {
      const kind = random.pick(hundred)
      const { company, leadId } = drawTarget(reached.shape, random.integer)
      const draft = drawRequest(kind, random)
      const key = isWrite(kind) && random.chance(KEYED_SHARE) ? `${runId}-${number}-${n}` : null
      const request = requestText(draft, leadId, heads[faceOf(kind)][company] ?? '', key)
      const sentAt = performance.now()
      const { status, body } = await connection.send(request)
      window.times.record(performance.now() - sentAt)
      const text = body.toString()
      if (status === 200 && draft.holds(JSON.parse(text), leadId)) continue
      if (window.faults.length < FAULTS_MAX) window.faults.push(`${kind}: ${status} ${text.slice(0, 300)}`)
    }
    connection.close()
  }

  const ended = Promise.all(Array.from({ length: connections }, (_, number) => drive(number))).then(() => undefined)
  // Whoever watches hears of it in time; until then it must not end the process, which has more to put away.
  ended.catch(() => undefined)
  return {
    ended,
    stop() {
      isStopping = true
    },
    takeWindow() {
      const { since, times, faults } = window
      window = open()
      return { seconds: (window.since - since) / 1000, times, faults }
    },
  }
}
