import { describe, expect, it } from 'vitest'
import { problemOf } from '../client.ts'
import { expectStatus, makeLeadStage } from './lead-stage.ts'

const stage = await makeLeadStage()

describe('POST /v1/leads/{id}/accept and decline', () => {
  it('accepts once, and shows the customer', async () => {
    const id = await stage.offered()
    const answer = expectStatus(await stage.call('POST', `/leads/${id}/accept`), 200)
    expect(answer.body).toMatchObject({
      action: 'ACCEPTED',
      viewed: true,
      email: 'jordan@example.com',
      boardStage: 'New',
    })
    expect(answer.headers.get('etag')).toBe('"2"')
    expect(expectStatus(await stage.call('POST', `/leads/${id}/accept`), 200).body['revision']).toBe(2)
    const late = await stage.call('POST', `/leads/${id}/decline`, { body: { reason: 'Late' } })
    expect(problemOf(late)).toMatchObject({ status: 409, code: 'lead.already-answered' })
  })

  it('declines with a reason, and shows no customer', async () => {
    const id = await stage.offered()
    const answer = expectStatus(
      await stage.call('POST', `/leads/${id}/decline`, { body: { reason: ' Too far ' } }),
      200,
    )
    expect(answer.body).toMatchObject({
      action: 'DECLINED',
      declineReason: 'Too far',
      email: null,
      boardStage: 'Declined',
    })
    expect(problemOf(await stage.call('POST', `/leads/${id}/accept`))).toMatchObject({ code: 'lead.already-answered' })
  })

  it.each([
    [{}, 'field.required', 'reason'],
    [{ reason: ' ' }, 'field.required', 'reason'],
    [{ reason: 'x'.repeat(501) }, 'field.invalid', 'reason'],
    [{ reason: 'x', why: 'y' }, 'field.unknown', 'why'],
    ['no json', 'body.invalid', undefined],
  ])('refuses to decline with %j', async (body, code, field) => {
    const id = await stage.offered()
    expect(problemOf(await stage.call('POST', `/leads/${id}/decline`, { body }))).toEqual({ status: 400, code, field })
  })

  it('are refused without credentials and for another company', async () => {
    const id = await stage.offered()
    for (const step of ['accept', 'decline', 'viewed', 'status']) {
      const call = { body: { reason: 'Too far', status: 'QUOTE_SENT' } }
      expect(problemOf(await stage.asNobody('POST', `/leads/${id}/${step}`, call)).status).toBe(401)
    }
    expect(problemOf(await stage.asOther('POST', `/leads/${id}/accept`)).status).toBe(404)
    const other = await stage.asOther('POST', `/leads/${id}/decline`, { body: { reason: 'Too far' } })
    expect(problemOf(other).status).toBe(404)
    expect(problemOf(await stage.asOther('POST', `/leads/${id}/viewed`)).status).toBe(404)
    expect((await stage.call('GET', `/leads/${id}`)).body).toMatchObject({ revision: 1, viewed: false })
  })
})

describe('POST /v1/leads/{id}/viewed', () => {
  it('notes it once', async () => {
    const id = await stage.offered()
    const answer = expectStatus(await stage.call('POST', `/leads/${id}/viewed`), 200)
    expect(answer.body).toMatchObject({ viewed: true, revision: 2, email: null })
    expect(expectStatus(await stage.call('POST', `/leads/${id}/viewed`), 200).body['revision']).toBe(2)
  })
})

describe('POST /v1/leads/{id}/status', () => {
  it('takes a report with an amount as number or decimal text', async () => {
    for (const jobAmount of [40000, '40000', '40000.00', ' 40000.0 ']) {
      const id = await stage.accepted()
      const body = { status: 'LEAD_WON', jobAmount, startDate: '2026-03-01', completionDateTbd: true }
      const answer = expectStatus(await stage.call('POST', `/leads/${id}/status`, { body }), 200)
      expect(answer.body).toMatchObject({
        status: 'LEAD_WON',
        boardStage: 'Won',
        jobAmount: '40000.00',
        value: '40000.00',
        startDate: '2026-03-01',
        startDateTbd: false,
        completionDateTbd: true,
        requiresAction: true,
      })
    }
  })

  it.each([
    [{}, 'field.required', 'status'],
    [{ status: 'NO_RESPONSE' }, 'field.invalid', 'status'],
    [{ status: 'JOB_WON' }, 'field.required', 'jobAmount'],
    [{ status: 'JOB_WON', jobAmount: '1.005' }, 'field.invalid', 'jobAmount'],
    [{ status: 'JOB_WON', jobAmount: '0.10000000000000000001' }, 'field.invalid', 'jobAmount'],
    [{ status: 'JOB_WON', jobAmount: '1e3' }, 'field.invalid', 'jobAmount'],
    [{ status: 'JOB_WON', jobAmount: '1,000' }, 'field.invalid', 'jobAmount'],
    [{ status: 'JOB_WON', jobAmount: '0' }, 'field.invalid', 'jobAmount'],
    [{ status: 'JOB_WON', jobAmount: '9'.repeat(400) }, 'field.invalid', 'jobAmount'],
    [{ status: 'JOB_WON', jobAmount: '' }, 'field.invalid', 'jobAmount'],
    [{ status: 'QUOTE_SENT', jobAmount: 5 }, 'field.not-allowed', 'jobAmount'],
    [{ status: 'MEETUP_SCHEDULED', meetingScheduledDate: '2026-03-01' }, 'field.unknown', 'meetingScheduledDate'],
    [{ status: 'LEAD_LOST', lostReason: 'OTHER' }, 'field.required', 'reason'],
  ])('refuses %j by its field', async (body, code, field) => {
    const id = await stage.accepted()
    expect(problemOf(await stage.call('POST', `/leads/${id}/status`, { body }))).toEqual({ status: 400, code, field })
    expect((await stage.call('GET', `/leads/${id}`)).body['revision']).toBe(2)
  })

  it('is refused before acceptance, and after a win', async () => {
    const offered = await stage.offered()
    const sent = { body: { status: 'QUOTE_SENT' } }
    expect(problemOf(await stage.call('POST', `/leads/${offered}/status`, sent))).toMatchObject({
      status: 409,
      code: 'lead.not-accepted',
    })
    const won = await stage.accepted()
    const win = { body: { status: 'JOB_WON', jobAmount: 5 } }
    expectStatus(await stage.call('POST', `/leads/${won}/status`, win), 200)
    expect(expectStatus(await stage.call('POST', `/leads/${won}/status`, win), 200).body['revision']).toBe(3)
    expect(problemOf(await stage.call('POST', `/leads/${won}/status`, sent))).toMatchObject({
      status: 409,
      code: 'lead.status-final',
    })
  })
})

describe('methods and paths', () => {
  it('answer 405 with Allow, and 404, in this API’s form', async () => {
    const answer = await stage.call('PUT', '/leads/1')
    expect(problemOf(answer)).toMatchObject({ status: 405, code: 'request.method-not-allowed' })
    expect(answer.headers.get('allow')).toContain('PATCH')
    expect(problemOf(await stage.call('POST', '/leads/1/nothing'))).toMatchObject({ status: 404 })
  })
})
