// Gives the first company of the demo two webhook endpoints with something to show: one that answers, not always well,
// and one that nobody answers at.
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { DemoFile } from '../../test/support/child-server.ts'
import { caller, type Json, until } from './demo-caller.ts'

type Company = DemoFile['companies'][number]

export interface HookedDemo {
  /** Where the page of the endpoint is that answers. */
  readonly endpoint: string
  close(): Promise<void>
}

const NOTES = ['Rings back after five.', 'Wants a second visit.', 'Sent the contract.', 'Asks for cedar.']

export async function hookDemo(baseUrl: string, company: Company): Promise<HookedDemo> {
  const call = caller(baseUrl, company.token)
  let calls = 0
  const receiver = createServer((request, response) => {
    calls += 1
    request.resume()
    request.once('end', () => answer(response, calls))
  }).listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  const address = receiver.address()
  if (address === null || typeof address === 'string') throw new Error('The receiver has no port.')
  const events = ['lead.created', 'lead.updated', 'lead.status_changed']
  const url = `http://127.0.0.1:${address.port}/leadwright`
  const crm = await call('POST', '/webhook-endpoints', { url, description: 'CRM of the office', events, perSecond: 20 })
  const other = { url: 'https://accounting.invalid/hooks/leadwright', description: 'Accounting' }
  const accounting = await call('POST', '/webhook-endpoints', other)
  await call('POST', `/webhook-endpoints/${crm['id']}/test`)
  await call('POST', `/webhook-endpoints/${accounting['id']}/test`)
  const { leads } = (await call('GET', `/leads?boardStage=Estimate&limit=${NOTES.length}`)) as { leads: Json[] }
  for (const [place, { id }] of leads.entries()) await call('PATCH', `/leads/${id}`, { notes: NOTES[place] ?? null })
  await until(async () => calls > leads.length)
  return {
    endpoint: `/settings/webhooks/${crm['id']}`,
    async close() {
      receiver.closeAllConnections()
      receiver.close()
      await once(receiver, 'close')
    },
  }
}

/** Every third call is not taken at once. */
function answer(response: ServerResponse, count: number): void {
  if (count % 3 === 0) response.writeHead(503).end('The nightly import is running')
  else response.writeHead(204).end()
}
