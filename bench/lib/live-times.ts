import { setTimeout as sleep } from 'node:timers/promises'
import { makeSeededRandom } from '../../src/lib/seeded-random.ts'
import { Connection } from './connection.ts'
import { Histogram } from './histogram.ts'
import { drawRequest } from './requests.ts'
import { drawOfFirstCompany } from './shape.ts'
import { headsOf, type Reached, requestText } from './signed-requests.ts'

/**
 * Reports statuses, so many a second, while a client listens to the company's live events; gives the times from a report
 * being sent to its event being there.
 */
export async function timeLiveEvents(reached: Reached, perSecond: number, seconds: number): Promise<Histogram> {
  const times = new Histogram()
  const sent = new Map<string, number>()
  const stop = new AbortController()
  const { ended } = await listen(reached, stop.signal, ({ leadId, revision }) => {
    const sentAt = sent.get(`${leadId}/${revision}`)
    if (sentAt !== undefined) times.record(performance.now() - sentAt)
  })
  const random = makeSeededRandom(99)
  const [head = ''] = headsOf(reached, 'renovationfind')
  const connection = await Connection.open(reached.host, reached.port)
  let confirmed = 0
  for (let n = 0; n < perSecond * seconds; n += 1) {
    const { leadId } = drawOfFirstCompany(reached.shape, random.integer)
    // Its next revision is known only from before: nobody else writes.
    const before = await revisionOf(connection, leadId, head)
    sent.set(`${leadId}/${before + 1}`, performance.now())
    const { status } = await connection.send(
      requestText(drawRequest('renovationfind-status', random), leadId, head, null),
    )
    if (status === 200) confirmed += 1
    await sleep(1000 / perSecond)
  }
  for (let tries = 0; times.total < confirmed && tries < 100; tries += 1) await sleep(100)
  connection.close()
  stop.abort()
  await ended
  if (times.total !== confirmed) throw new Error(`${confirmed} changes, but ${times.total} live events.`)
  return times
}

async function revisionOf(connection: Connection, leadId: number, head: string): Promise<number> {
  const { body } = await connection.send(`GET /v1/leads/${leadId} HTTP/1.1\r\n${head}\r\n`)
  return (JSON.parse(body.toString()) as { revision: number }).revision
}

interface LiveLead {
  readonly leadId: number
  readonly revision: number
}

/** Resolves once the stream is open. */
async function listen(
  { host, port, credentials }: Reached,
  signal: AbortSignal,
  tell: (lead: LiveLead) => void,
): Promise<{ readonly ended: Promise<void> }> {
  const headers = { authorization: `Bearer ${credentials[0]?.token ?? ''}` }
  const { body } = await fetch(`http://${host}:${port}/v1/events`, { headers, signal })
  if (body === null) throw new Error('The live events have no body.')
  const read = async () => {
    let rest = ''
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const data = line.startsWith('data: ') ? (JSON.parse(line.slice(6)) as Partial<LiveLead>) : {}
        if (data.leadId !== undefined && data.revision !== undefined) tell(data as LiveLead)
      }
    }
  }
  const ended = read().catch((error: unknown) => {
    if (!signal.aborted) throw error
  })
  return { ended }
}
