import { describe, expect, it } from 'vitest'
import { BOARD_STAGES, REPORT_FIELDS, STATUS_RULES } from '../../../src/core/lead/status-rules.ts'
import { problemOf } from '../client.ts'
import { expectStatus, makeLeadStage } from './lead-stage.ts'

const stage = await makeLeadStage()

describe('GET /v1/lead-statuses', () => {
  it('is the whole rule table', async () => {
    const { body } = expectStatus(await stage.call('GET', '/lead-statuses'), 200)
    expect(body['stages']).toEqual(BOARD_STAGES)
    expect(body['fields']).toEqual(Object.entries(REPORT_FIELDS).map(([name, rule]) => ({ name, ...rule })))
    expect(body['statuses']).toEqual(
      Object.entries(STATUS_RULES).map(([status, { stage: boardStage, eitherOr, ...rule }]) => ({
        status,
        reportable: status !== 'NO_RESPONSE',
        boardStage,
        ...rule,
        eitherOr: eitherOr.map(([date, flag]) => ({ date, flag })),
      })),
    )
  })

  it('has the company’s own follow-up times', async () => {
    const company = await stage.server.company()
    await stage.server.db.query({
      text: `UPDATE company SET follow_up_hours = '{"QUOTE_SENT": 5, "OTHER": null}' WHERE id = $1`,
      values: [company.companyId],
    })
    const response = await fetch(`${stage.server.baseUrl}/v1/lead-statuses`, {
      headers: { authorization: `Bearer ${company.token}` },
    })
    const { statuses } = (await response.json()) as { statuses: { status: string; followUpHours: number | null }[] }
    const hours = Object.fromEntries(statuses.map(({ status, followUpHours }) => [status, followUpHours]))
    expect(hours).toMatchObject({ QUOTE_SENT: 5, OTHER: null, CONTACT_MADE: 168 })
  })

  it('needs credentials', async () => {
    expect(problemOf(await stage.asNobody('GET', '/lead-statuses')).status).toBe(401)
  })
})
