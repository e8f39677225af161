import { setTimeout as sleep } from 'node:timers/promises'
import { makeSeededRandom } from '../../src/lib/seeded-random.ts'
import { Connection } from './connection.ts'
import { drawRequest } from './requests.ts'
import { drawTarget } from './shape.ts'
import { headsOf, prime, type Reached, requestText } from './signed-requests.ts'

const CONNECTIONS = 32
const TICK_MS = 10

/** So many status updates a second, however long each takes; gives how many were confirmed a second. */
export async function writeSteadily(reached: Reached, perSecond: number, seconds: number): Promise<number> {
  const heads = headsOf(reached, 'renovationfind')
  await prime(reached, 'renovationfind', heads)
  const random = makeSeededRandom(Date.now() % 1_000_000)
  const free = await Promise.all(Array.from({ length: CONNECTIONS }, () => Connection.open(reached.host, reached.port)))
  const all = [...free]
  let confirmed = 0
  const since = performance.now()
  for (let sent = 0; performance.now() - since < seconds * 1000; ) {
    const due = Math.floor(((performance.now() - since) / 1000) * perSecond)
    while (sent < due && free.length > 0) {
      const connection = free.pop()
      if (connection === undefined) break
      sent += 1
      const draft = drawRequest('renovationfind-status', random)
      const { company, leadId } = drawTarget(reached.shape, random.integer)
      void connection.send(requestText(draft, leadId, heads[company] ?? '', null)).then(({ status }) => {
        if (status === 200) confirmed += 1
        free.push(connection)
      })
    }
    await sleep(TICK_MS)
  }
  while (free.length < all.length) await sleep(TICK_MS)
  for (const connection of all) connection.close()
  return confirmed / seconds
}
