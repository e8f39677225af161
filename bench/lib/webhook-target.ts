import { once } from 'node:events'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Cleanup } from './cleanup.ts'
import { type DatabaseAddress, withClient } from './cluster.ts'
import { Histogram } from './histogram.ts'

/** A receiver that takes everything, and measures how long after its event each message comes. */
export interface WebhookTarget {
  readonly url: string
  /** Calls since the last question, and how long after the event they came. */
  take(): Histogram
}

export async function startTarget(cleanup: Cleanup): Promise<WebhookTarget> {
  let times = new Histogram()
  const server = createServer(async (request, response) => {
    const body = await text(request)
    response.writeHead(204).end()
    const at = /"timestamp":"([^"]+)"/.exec(body)?.[1] ?? ''
    times.record(Date.now() - Date.parse(at))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  cleanup.defer(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    take() {
      const taken = times
      times = new Histogram()
      return taken
    },
  }
}

/** Whether anything is queued from now on; what waits is dropped when nothing is. */
export async function switchEndpoints(address: DatabaseAddress, isOn: boolean): Promise<void> {
  await withClient(address, async (client) => {
    const reason = isOn ? 'NULL' : "'office'"
    await client.query(
      `UPDATE webhook_endpoint SET disabled_reason = ${reason}, disabled_at = ${isOn ? 'NULL' : 'now()'}`,
    )
    if (!isOn) await client.query('DELETE FROM webhook_delivery')
  })
}

export async function countDeliveries(address: DatabaseAddress): Promise<number> {
  return withClient(address, async (client) => {
    const { rows } = await client.query<{ n: string }>(
      'SELECT (SELECT count(*) FROM webhook_delivery) + (SELECT count(*) FROM outbox) AS n',
    )
    return Number(rows[0]?.n)
  })
}
