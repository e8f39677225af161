import { setTimeout as sleep } from 'node:timers/promises'
import { makeSeededRandom, type SeededRandom } from '../../src/lib/seeded-random.ts'
import { Connection } from './connection.ts'
import { Histogram } from './histogram.ts'
import { drawRequest, type RequestKind } from './requests.ts'
import { drawTarget } from './shape.ts'
import { headsOf, type Reached, requestText } from './signed-requests.ts'

/** What people in an office look at, and how often of a hundred times. Lists and searches are what they wait for. */
export const LOOKS: readonly (readonly [kind: RequestKind, meaning: string, percent: number])[] = [
  ['native-board', 'board', 14],
  ['native-column', 'a column of the board', 10],
  ['native-today', 'Today', 12],
  ['native-newest', 'leads, newest', 10],
  ['native-changed', 'leads, changed last', 6],
  ['native-by-name', 'leads, by name', 5],
  ['native-by-amount', 'leads, by amount', 5],
  ['native-filtered', 'leads, by status and source', 8],
  ['native-search-common', 'search: a common name', 6],
  ['native-search-rare', 'search: a rare name', 6],
  ['native-search-phone', 'search: a phone number', 4],
  ['native-timeline', 'timeline of a lead', 9],
  ['native-statistics', 'reports of a year', 5],
]

export interface OfficeLoad {
  readonly users: number
  /** Seconds between an answer and the same user's next request; drawn anew each time around this mean. */
  readonly pauseSeconds: number
  readonly seconds: number
}

/** People who look at one thing after another, with pauses; gives the times of each kind of request. */
export async function workInOffice(
  reached: Reached,
  { users, pauseSeconds, seconds }: OfficeLoad,
): Promise<ReadonlyMap<RequestKind, Histogram>> {
  const [head = ''] = headsOf(reached, 'renovationfind')
  const hundred = LOOKS.flatMap(([kind, , percent]) => Array.from({ length: percent }, () => kind))
  const times = new Map(LOOKS.map(([kind]) => [kind, new Histogram()] as const))
  const endsAt = performance.now() + seconds * 1000
  const work = async (user: number) => {
    const random = makeSeededRandom(user + 1)
    const connection = await Connection.open(reached.host, reached.port)
    for (await pause(random, pauseSeconds); performance.now() < endsAt; await pause(random, pauseSeconds)) {
      const kind = random.pick(hundred)
      const { leadId } = drawTarget(reached.shape, random.integer)
      const draft = drawRequest(kind, random)
      const sentAt = performance.now()
      const { status, body } = await connection.send(requestText(draft, leadId, head, null))
      times.get(kind)?.record(performance.now() - sentAt)
      const text = body.toString()
      if (status !== 200 || !draft.holds(JSON.parse(text), leadId))
        throw new Error(`${kind}: ${status} ${text.slice(0, 300)}`)
    }
    connection.close()
  }
  await Promise.all(Array.from({ length: users }, (_, user) => work(user)))
  return times
}

/** As people come: of pauses with this mean the short ones are many and the long ones few. */
function pause(random: SeededRandom, meanSeconds: number): Promise<void> {
  return sleep(-Math.log(1 - random.integer(0, 9999) / 10_000) * meanSeconds * 1000)
}
