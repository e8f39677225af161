import { afterAll, beforeAll, expect, it } from 'vitest'
import { OnlineClient } from '../constructiononline/client.ts'
import { clientOf as renovationFindOf } from '../renovationfind/client.ts'
import type { TestServer } from '../support/server.ts'
import { addSecret } from './endpoints.ts'
import { type Received, verify } from './receiver.ts'
import { countQueued, makeLead, type Office, openOffice, readLog, startSender, untilTrue } from './stage.ts'

let server: TestServer

beforeAll(async () => {
  server = await startSender()
})
afterAll(() => server.close())

/** Type and revision of what came of one lead, in the order in which it came. */
function storyOf(calls: readonly Received[], leadId: number): string[] {
  return calls.filter(({ data }) => data['id'] === leadId).map(({ type, data }) => `${data['revision']} ${type}`)
}

it('a created lead is told once, signed, with what GET shows and its changes', async () => {
  const office = await openOffice(server)
  const leadId = await makeLead(office, { category: 'Roof', value: '1200.50' })
  const [call] = await office.receiver.until(1)
  if (call === undefined) throw new Error('nothing came')
  verify(call, office.secret)
  expect(call.type).toBe('lead.created')
  expect(call.headers['content-type']).toBe('application/json')
  const shown = await office.call('GET', `/leads/${leadId}`)
  expect(call.data).toMatchObject(shown.body)
  expect(call.data['changes']).toContainEqual({ field: 'value', old: null, new: '1200.50' })
  expect(call.data).toMatchObject({ face: 'native', actor: { kind: 'token' } })
  await untilTrue(async () => (await countQueued(server.db, office.company.companyId)) === 0)
  expect(await readLog(server.db, office.company.companyId)).toMatchObject([
    { leadId, event: 'lead.created', attempt: 1, outcome: 'delivered', status: 204, error: null },
  ])
})

it('every event of a lead comes, through whatever face it was brought about, in its order', async () => {
  const office = await openOffice(server)
  const { company, call, receiver } = office
  const leadId = await server.offer(company.companyId)
  const renovation = renovationFindOf(server, company)
  await renovation('POST', `/general-leads/${leadId}/accept`)
  await new OnlineClient(server, company).send('PUT', `/Leads?id=${leadId}`, { LEAD_QUALITY: 40 })
  await renovation('PUT', `/general-leads/${leadId}/status`, { body: { status: 'QUOTE_SENT', reason: 'By post' } })
  const form = new FormData()
  form.append('file', new Blob(['%PDF-1.7\n1 0 obj\n<<>>\nendobj\n']), 'plan.pdf')
  await call('POST', `/leads/${leadId}/attachments`, { body: form })
  await call('DELETE', `/leads/${leadId}`)
  await call('POST', `/leads/${leadId}/restore`)
  const declined = await server.offer(company.companyId)
  await call('POST', `/leads/${declined}/decline`, { body: { reason: 'Too far' } })
  await receiver.until(9)
  await untilTrue(async () => (await countQueued(server.db, company.companyId)) === 0)
  const { calls } = receiver
  expect(storyOf(calls, leadId).filter((one) => !one.endsWith('requires_action'))).toEqual([
    '1 lead.offered',
    '2 lead.accepted',
    '3 lead.updated',
    '4 lead.status_changed',
    '5 lead.attachment_added',
    '6 lead.deleted',
    '7 lead.restored',
  ])
  expect(storyOf(calls, declined)).toContain('2 lead.declined')
  for (const one of calls) verify(one, office.secret)
  const of = (type: string) => calls.find((one) => one.type === type)?.data
  expect(of('lead.status_changed')?.['changes']).toEqual([
    { field: 'status', old: 'NO_RESPONSE', new: 'QUOTE_SENT' },
    { field: 'reason', old: null, new: 'By post' },
  ])
  expect(of('lead.updated')).toMatchObject({ face: 'constructiononline', quality: 40 })
  expect(of('lead.deleted')?.['deletedAt']).toEqual(expect.any(String))
  // Nobody is told who the customer is before the offer is accepted, however late the message goes out.
  expect(of('lead.offered')).toMatchObject({ lastName: null, email: null, action: 'NONE', boardStage: 'Offered' })
  expect(JSON.stringify(of('lead.offered'))).not.toContain('Miller')
  expect(of('lead.accepted')).toMatchObject({ lastName: 'Miller', action: 'ACCEPTED' })
})

it('an endpoint hears only what it asked for, and each company only of its own leads', async () => {
  const picky = await openOffice(server, { events: ['lead.deleted'] })
  const other = await openOffice(server)
  const leadId = await makeLead(picky)
  await picky.call('DELETE', `/leads/${leadId}`)
  const [call, ...more] = await picky.receiver.until(1)
  expect(call?.type).toBe('lead.deleted')
  expect(more).toEqual([])
  await makeLead(other)
  await other.receiver.until(1)
  expect(other.receiver.calls.map(({ data }) => data['id'])).not.toContain(leadId)
  expect(picky.receiver.calls).toHaveLength(1)
})

it('with two live secrets a receiver with either one can check', async () => {
  const office = await openOffice(server)
  const { companyId } = office.company
  const newer = await addSecret(server.db, { companyId, endpointId: office.endpointId })
  await makeLead(office)
  const [call] = await office.receiver.until(1)
  if (call === undefined) throw new Error('nothing came')
  verify(call, office.secret)
  verify(call, newer)
  expect(() => verify({ ...call, body: `${call.body} ` }, newer)).toThrow()
  await server.db.query({
    text: "UPDATE webhook_secret SET expires_at = now() - interval '1 second' WHERE company_id = $1 AND id = (SELECT min(id) FROM webhook_secret WHERE company_id = $1)",
    values: [companyId],
  })
  await makeLead(office)
  const [, second] = await office.receiver.until(2)
  if (second === undefined) throw new Error('nothing came')
  verify(second, newer)
  expect(() => verify(second, office.secret)).toThrow()
})

/** What GET showed right after each change, and the changes that bring a lead far. */
async function liveThrough(office: Office): Promise<{ leadId: number; snapshots: Record<string, unknown>[] }> {
  const { call } = office
  const leadId = await server.offer(office.company.companyId)
  const show = async () => (await call('GET', `/leads/${leadId}`)).body
  const snapshots = [await show()]
  const steps: [string, string, object?][] = [
    ['POST', '/accept'],
    ['PATCH', '', { value: '900.10', quality: 30, notes: 'Ring twice', email: 'new@example.com' }],
    ['POST', '/status', { status: 'MEETUP_SCHEDULED', meetingDate: '2026-12-01' }],
    ['POST', '/status', { status: 'JOB_LOST', reason: 'Price' }],
    ['POST', '/status', { status: 'OTHER', reason: 'Back again' }],
    ['PATCH', '', { email: null, nextActionDate: '2026-12-24' }],
    ['POST', '/status', { status: 'JOB_WON', jobAmount: 12500 }],
  ]
  for (const [method, path, body] of steps) {
    const answer = await call(method, `/leads/${leadId}${path}`, body === undefined ? {} : { body })
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
    snapshots.push(await show())
  }
  return { leadId, snapshots }
}

it('a message sent late shows the lead as it was, in the same bytes', async () => {
  const office = await openOffice(server)
  const { leadId, snapshots } = await liveThrough(office)
  const isOfLead = (one: Received) => one.data['id'] === leadId && one.type !== 'lead.requires_action'
  const { companyId } = office.company
  const ofLead = () => office.receiver.calls.filter(isOfLead)
  await untilTrue(async () => ofLead().length === snapshots.length)
  await untilTrue(async () => (await countQueued(server.db, companyId)) === 0)
  const first = ofLead()
  for (const [i, { data }] of first.entries()) expect({ ...data, ...snapshots[i] }).toEqual(data)
  // As a replay does it.
  await server.db.query({
    text: `INSERT INTO webhook_delivery (company_id, endpoint_id, lead_id, revision, event, at)
      SELECT company_id, $2, lead_id, revision, event, at FROM timeline WHERE company_id = $1 ORDER BY revision`,
    values: [companyId, office.endpointId],
  })
  await untilTrue(async () => ofLead().length === 2 * snapshots.length)
  const again = ofLead().slice(snapshots.length)
  expect(again.map(({ id, body }) => ({ id, body }))).toEqual(first.map(({ id, body }) => ({ id, body })))
})
