import { describe, expect, it } from 'vitest'
import { problemOf } from '../client.ts'
import { expectStatus, makeLeadStage } from './lead-stage.ts'

const stage = await makeLeadStage()

const CUSTOMER = ['firstName', 'lastName', 'displayName', 'email', 'phone', 'address', 'city', 'state', 'zip']

describe('GET /v1/leads/{id}', () => {
  it('shows an offer without its customer', async () => {
    const id = await stage.offered({ projectDetailsHtml: '<p>Two <b>doors</b></p>' })
    const answer = expectStatus(await stage.call('GET', `/leads/${id}`), 200)
    expect(answer.headers.get('etag')).toBe('"1"')
    expect(answer.body).toMatchObject({
      id,
      revision: 1,
      name: 'Kitchen renovation',
      action: 'NONE',
      boardStage: 'Offered',
      status: 'NO_RESPONSE',
      source: 'renovationfind',
      originalDescription: 'New cabinets and an island.',
      projectDetailsHtml: '<p>Two <b>doors</b></p>',
      requiresAction: true,
      assignee: null,
      attachments: [],
      deletedAt: null,
    })
    for (const field of CUSTOMER) expect(answer.body).toHaveProperty(field, null)
    expect(answer.text).not.toMatch(/jordan|miller|555|elm/i)
    expect(answer.body).not.toHaveProperty('companyId')
    expect(answer.body).not.toHaveProperty('lastOpen')
  })

  it('shows the customer of an accepted lead', async () => {
    const id = await stage.accepted()
    const answer = expectStatus(await stage.call('GET', `/leads/${id}`), 200)
    expect(answer.body).toMatchObject({
      name: 'Jordan Miller',
      email: 'jordan@example.com',
      boardStage: 'New',
      revision: 2,
    })
  })

  it('answers 304 to the revision that the client has', async () => {
    const id = await stage.accepted()
    for (const tag of ['"2"', 'W/"2"', '"1", "2"', '*']) {
      const answer = await stage.call('GET', `/leads/${id}`, { headers: { 'if-none-match': tag } })
      expect([answer.status, answer.text, answer.headers.get('etag')]).toEqual([304, '', '"2"'])
    }
    expect((await stage.call('GET', `/leads/${id}`, { headers: { 'if-none-match': '"1"' } })).status).toBe(200)
  })

  it('is 404 for another company, and for ids that name nothing', async () => {
    const id = await stage.accepted()
    expect(problemOf(await stage.asOther('GET', `/leads/${id}`))).toMatchObject({ status: 404, code: 'lead.not-found' })
    expect(problemOf(await stage.call('GET', '/leads/1'))).toMatchObject({ status: 404 })
    expect(problemOf(await stage.call('GET', '/leads/x'))).toMatchObject({ status: 400, code: 'request.id-invalid' })
    expect(problemOf(await stage.asNobody('GET', `/leads/${id}`))).toMatchObject({ status: 401 })
  })
})

describe('POST /v1/leads', () => {
  it('makes a lead of the company’s own, with every field that can be set', async () => {
    const user = await stage.userOf(stage.company)
    const fields = {
      firstName: 'Greg',
      lastName: 'Smith',
      email: 'greg@example.com',
      mobilePhone: '(403) 555-0199',
      value: '12500.5',
      quality: 80,
      category: 'Deck',
      projectDetailsHtml: '<p>Cedar</p>',
      nextActionDate: '2026-12-01',
    }
    const answer = await stage.call('POST', '/leads', { body: { ...fields, assigneeId: user } })
    expectStatus(answer, 201)
    expect(answer.headers.get('etag')).toBe('"1"')
    expect(answer.body).toMatchObject({
      ...fields,
      value: '12500.50',
      name: 'Greg Smith',
      displayName: 'Greg Smith',
      source: 'native',
      action: 'ACCEPTED',
      boardStage: 'New',
      assignee: { id: user, name: expect.stringMatching(/./) },
    })
    const read = await stage.call('GET', `/leads/${answer.body['id']}`)
    expect({ ...read.body, requiresAction: null }).toEqual({ ...answer.body, requiresAction: null })
  })

  it.each([
    [{}, 400, 'field.required', 'displayName'],
    [{ category: 'Deck', firstName: '  ' }, 400, 'field.required', 'displayName'],
    [{ firstName: 'A', email: 'nowhere' }, 400, 'field.invalid', 'email'],
    [{ firstName: 'x'.repeat(201) }, 400, 'field.invalid', 'firstName'],
    [{ firstName: 'a\u0000' }, 400, 'field.invalid', 'firstName'],
    [{ firstName: 5 }, 400, 'field.invalid', 'firstName'],
    [{ firstName: 'A', value: '-1' }, 400, 'field.invalid', 'value'],
    [{ firstName: 'A', quality: 101 }, 400, 'field.invalid', 'quality'],
    [{ firstName: 'A', nextActionDate: '2026-02-30' }, 400, 'field.invalid', 'nextActionDate'],
    [{ firstName: 'A', assigneeId: 'me' }, 400, 'field.invalid', 'assigneeId'],
    [{ firstName: 'A', assigneeId: 1 }, 400, 'field.invalid', 'assigneeId'],
    [{ firstName: 'A', projectDetailsHtml: 'x'.repeat(100_001) }, 400, 'field.invalid', 'projectDetailsHtml'],
    [{ firstName: 'A', status: 'JOB_WON' }, 400, 'field.read-only', 'status'],
    [{ firstName: 'A', revision: 7 }, 400, 'field.read-only', 'revision'],
    [{ firstName: 'A', FIRSTNAME: 'B' }, 400, 'field.unknown', 'FIRSTNAME'],
    [[], 400, 'body.invalid', undefined],
    ['{"firstName":"A","firstName":"B"}', 400, 'body.invalid', undefined],
    ['', 400, 'body.invalid', undefined],
  ])('refuses %j', async (body, status, code, field) => {
    const before = await countLeads()
    expect(problemOf(await stage.call('POST', '/leads', { body }))).toEqual({ status, code, field })
    expect(await countLeads()).toBe(before)
  })

  it('refuses an assignee of another company, and a user who is switched off', async () => {
    const foreign = await stage.userOf(stage.other)
    const off = await addUser(false)
    for (const assigneeId of [foreign, off]) {
      const answer = await stage.call('POST', '/leads', { body: { firstName: 'A', assigneeId } })
      expect(problemOf(answer)).toEqual({ status: 400, code: 'field.invalid', field: 'assigneeId' })
    }
  })

  it('refuses other content types, and a caller without credentials', async () => {
    const headers = { 'content-type': 'text/plain' }
    expect(problemOf(await stage.call('POST', '/leads', { body: '{"firstName":"A"}', headers })).status).toBe(415)
    expect(problemOf(await stage.asNobody('POST', '/leads', { body: { firstName: 'A' } })).status).toBe(401)
    const match = { 'if-match': '"1"' }
    expect(problemOf(await stage.call('POST', '/leads', { body: { firstName: 'A' }, headers: match }))).toMatchObject({
      status: 400,
      code: 'request.header-invalid',
    })
  })
})

describe('DELETE /v1/leads/{id} and restore', () => {
  it('hides the lead from both wire APIs and brings it back as it was', async () => {
    const id = await stage.accepted()
    await stage.call('POST', `/leads/${id}/status`, { body: { status: 'QUOTE_SENT' } })
    const deleted = expectStatus(await stage.call('DELETE', `/leads/${id}`), 200)
    expect(deleted.body).toMatchObject({ id, revision: 4, deletedAt: expect.any(String), status: 'QUOTE_SENT' })
    expect(await vendorStatus(id)).toBe(404)
    expect(problemOf(await stage.call('PATCH', `/leads/${id}`, { body: { notes: 'x' } })).status).toBe(404)
    expect(expectStatus(await stage.call('DELETE', `/leads/${id}`), 200).body['revision']).toBe(4)
    expect((await stage.call('GET', `/leads/${id}`)).body['deletedAt']).toBe(deleted.body['deletedAt'])

    const restored = expectStatus(await stage.call('POST', `/leads/${id}/restore`), 200)
    expect(restored.body).toMatchObject({
      revision: 5,
      deletedAt: null,
      status: 'QUOTE_SENT',
      email: 'jordan@example.com',
    })
    expect(await vendorStatus(id)).toBe(200)
    expect(expectStatus(await stage.call('POST', `/leads/${id}/restore`), 200).body['revision']).toBe(5)
  })

  it('is 404 for another company', async () => {
    const id = await stage.accepted()
    expect(problemOf(await stage.asOther('DELETE', `/leads/${id}`)).status).toBe(404)
    expect(problemOf(await stage.asOther('POST', `/leads/${id}/restore`)).status).toBe(404)
    expect(problemOf(await stage.asNobody('DELETE', `/leads/${id}`)).status).toBe(401)
    expect((await stage.call('GET', `/leads/${id}`)).body['revision']).toBe(2)
  })
})

async function vendorStatus(id: number): Promise<number> {
  const headers = { authorization: `Bearer ${stage.company.token}` }
  return (await fetch(`${stage.server.baseUrl}/rest-api-v1/general-leads/${id}`, { headers })).status
}

async function countLeads(): Promise<number> {
  const [row] = await stage.server.db.query<{ n: number }>({ text: 'SELECT count(*) AS n FROM lead' })
  return row?.n ?? -1
}

async function addUser(active: boolean): Promise<number> {
  const [row] = await stage.server.db.query<{ id: number }>({
    text: `INSERT INTO app_user (company_id, email, email_key, name, role, password_hash, active)
      VALUES ($1, 'off@example.com', 'off@example.com', 'Off', 'member', '', $2) RETURNING id`,
    values: [stage.company.companyId, active],
  })
  return row?.id ?? -1
}
