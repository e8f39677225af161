import { describe, expect, it } from 'vitest'
import { countHistory, problemOf } from '../client.ts'
import { expectStatus, makeLeadStage } from './lead-stage.ts'

const stage = await makeLeadStage()

function patch(id: number, body: unknown) {
  return stage.call('PATCH', `/leads/${id}`, { body })
}

describe('PATCH /v1/leads/{id}', () => {
  it('changes only what is sent, null clears, and both wire APIs see it', async () => {
    const id = await stage.accepted()
    const answer = expectStatus(await patch(id, { phone: null, city: 'Banff', value: 900, notes: 'Back door' }), 200)
    expect(answer.headers.get('etag')).toBe('"3"')
    expect(answer.body).toMatchObject({ phone: null, city: 'Banff', value: '900.00', notes: 'Back door', state: 'AB' })

    const headers = { authorization: `Bearer ${stage.company.token}` }
    const vendor = await fetch(`${stage.server.baseUrl}/rest-api-v1/general-leads/${id}`, { headers })
    expect(await vendor.text()).toContain('Banff')
    const { email, password, apiKey } = stage.company
    const basic = `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}`
    const sister = await fetch(`${stage.server.baseUrl}/api/Leads?id=${id}`, {
      headers: { authorization: basic, APIKey: apiKey },
    })
    expect(await sister.json()).toMatchObject({ CITY: 'Banff', LEAD_VALUE: 900, LEAD_NOTES: 'Back door' })
  })

  it('changes nothing, and tells nothing, when it repeats the record', async () => {
    const id = await stage.accepted()
    const answer = expectStatus(await patch(id, { city: 'Calgary', firstName: ' Jordan ' }), 200)
    expect(answer.body['revision']).toBe(2)
    expect(await countHistory(stage.server, id)).toBe(2)
    expect(expectStatus(await patch(id, {}), 200).body['revision']).toBe(2)
  })

  it('keeps a display name that was made of the names in step with them, and one of its own as it is', async () => {
    const id = await stage.accepted()
    expect((await patch(id, { firstName: 'Jo' })).body).toMatchObject({ displayName: 'Jo Miller', name: 'Jo Miller' })
    expect((await patch(id, { displayName: 'The Millers' })).body['name']).toBe('The Millers')
    expect((await patch(id, { lastName: 'Mills' })).body).toMatchObject({ lastName: 'Mills', name: 'The Millers' })
  })

  it('leaves somebody named', async () => {
    const id = await stage.accepted()
    const nobody = { firstName: null, lastName: null, displayName: null, email: null, phone: null }
    expect(problemOf(await patch(id, nobody))).toMatchObject({ status: 400, code: 'field.required' })
    expect(expectStatus(await patch(id, { ...nobody, email: 'x@example.com' }), 200).body['name']).toBe('x@example.com')
  })

  it('takes before acceptance, and after a decline, only what is the office’s own', async () => {
    const user = await stage.userOf(stage.company)
    const declined = await stage.offered()
    expectStatus(await stage.call('POST', `/leads/${declined}/decline`, { body: { reason: 'Too far' } }), 200)
    for (const id of [await stage.offered(), declined]) {
      const refused = { status: 409, code: 'lead.not-accepted', field: 'email' }
      expect(problemOf(await patch(id, { notes: 'x', email: 'a@example.com' }))).toEqual(refused)
      // The same for the value that is on record: the answer must not tell what it is.
      expect(problemOf(await patch(id, { email: 'jordan@example.com' }))).toEqual(refused)
      expect(problemOf(await patch(id, { email: null }))).toEqual(refused)
      const own = { notes: 'Ask Pat', nextActionDate: '2026-12-24', assigneeId: user }
      const answer = expectStatus(await patch(id, own), 200)
      expect(answer.body).toMatchObject({
        notes: 'Ask Pat',
        assignee: { id: user },
        email: null,
        name: 'Kitchen renovation',
      })
    }
  })

  it('freezes the value after a win, and nothing else', async () => {
    const id = await stage.accepted()
    expectStatus(await stage.call('POST', `/leads/${id}/status`, { body: { status: 'JOB_WON', jobAmount: 500 } }), 200)
    expect(problemOf(await patch(id, { city: 'Banff', value: '600' }))).toEqual({
      status: 409,
      code: 'lead.value-final',
      field: 'value',
    })
    expect(expectStatus(await patch(id, { value: '500.00', city: 'Banff' }), 200).body).toMatchObject({ city: 'Banff' })
  })

  it.each([
    [{ email: 'a b@example.com' }, 'field.invalid', 'email'],
    [{ quality: '101' }, 'field.invalid', 'quality'],
    [{ value: '1.005' }, 'field.invalid', 'value'],
    [{ value: 1e12 }, 'field.invalid', 'value'],
    [{ notes: 'x'.repeat(20_001) }, 'field.invalid', 'notes'],
    [{ notes: 'half \ud83d' }, 'field.invalid', 'notes'],
    [{ openedDate: 20260301 }, 'field.invalid', 'openedDate'],
    [{ assigneeId: '101' }, 'field.invalid', 'assigneeId'],
    [{ assigneeId: 1.5 }, 'field.invalid', 'assigneeId'],
    [{ assignee: { id: 101 } }, 'field.read-only', 'assignee'],
    [{ name: 'x' }, 'field.read-only', 'name'],
    [{ reason: 'x' }, 'field.read-only', 'reason'],
    [{ nothing: 1 }, 'field.unknown', 'nothing'],
    [{ toString: 1 }, 'field.unknown', 'toString'],
    [{ constructor: 1 }, 'field.unknown', 'constructor'],
  ])('refuses %j by its field, and writes nothing', async (body, code, field) => {
    const id = await stage.accepted()
    expect(problemOf(await patch(id, { city: 'Banff', ...body }))).toEqual({ status: 400, code, field })
    expect((await stage.call('GET', `/leads/${id}`)).body).toMatchObject({ revision: 2, city: 'Calgary' })
  })

  it('is refused without credentials and for another company', async () => {
    const id = await stage.accepted()
    const call = { body: { city: 'Banff' } }
    expect(problemOf(await stage.asNobody('PATCH', `/leads/${id}`, call)).status).toBe(401)
    expect(problemOf(await stage.asOther('PATCH', `/leads/${id}`, call)).status).toBe(404)
    expect(await countHistory(stage.server, id)).toBe(2)
  })
})
