import { describe, expect, test } from 'vitest'
import { ENDPOINTS, type Target } from './endpoints.ts'
import type { HttpAnswer } from './http.ts'
import { ACCEPTED, DATE_RULE, EMOJI, type Fields, REFUSED } from './report-rows.ts'
import { makeStage, messageOf, refusalFault, writingNothing } from './stage.ts'

const stage = await makeStage()
const put = ENDPOINTS.find(({ name }) => name === 'PUT status') ?? fail()
const get = ENDPOINTS.find(({ name }) => name === 'GET lead') ?? fail()
const start = await stage.freshTarget(put)

function fail(): never {
  throw new Error('The table of endpoints lacks an operation.')
}

/** `body` as an object goes out as JSON; as a text, as it is: some numbers have no other way. */
function report(target: Target, body: Fields | string): Promise<HttpAnswer> {
  return stage.call(put, { target, body: typeof body === 'string' ? body : JSON.stringify(body) })
}

const NOTHING = {
  reason: null,
  meetupScheduledDate: null,
  jobAmount: null,
  contactMethod: null,
  estimateType: null,
  lostReason: null,
  estimatedProjectStartDate: null,
  estimatedCompletionDate: null,
  startDateTbd: null,
  completionDateTbd: null,
}

describe('a status report', () => {
  test.each(REFUSED)(
    'is refused for %s, naming field and rule, and nothing is written',
    async (_, body, field, words) => {
      const answer = await writingNothing(stage, () => report(start, body))
      expect(refusalFault('renovationfind', answer, [400])).toBe('')
      const message = messageOf('renovationfind', answer.json) ?? ''
      expect(message).toMatch(new RegExp(`\\b${field}\\b`))
      expect(message).toContain(words)
    },
  )

  test.each(ACCEPTED)('is taken with %s, and read back exactly', async (_, body, read) => {
    const target = await stage.freshTarget(put)
    const answer = await report(target, body)
    expect(answer.status).toBe(200)
    const { data } = answer.json as { data: Record<string, Fields> }
    const { status, statusActionDate, requiresAction, ...rest } = data['postLeadStatusData'] ?? {}
    expect(rest).toEqual({ ...NOTHING, ...read })
    expect([status, statusActionDate, requiresAction]).toEqual([
      data['postLeadStatus'],
      expect.any(String),
      expect.any(Boolean),
    ])
    expect((await stage.call(get, { target })).text).toBe(answer.text)
  })
})

const creates = ENDPOINTS.find(({ name }) => name === 'PUT Leads?id') ?? fail()

/** The same rules through the other door. */
describe('a write of LEAD_STATUS', () => {
  const won = { LEAD_STATUS: 'Closed - Won' }
  test.each<[string, Fields, string, string]>([
    ['an unknown status', { LEAD_STATUS: 'Won' }, 'LEAD_STATUS', 'must be one of Open, Closed - Won'],
    ["the sister's word", { LEAD_STATUS: 'JOB_WON' }, 'LEAD_STATUS', 'must be one of'],
    ['null', { LEAD_STATUS: null }, 'LEAD_STATUS', 'must be one of'],
    ['a number', { LEAD_STATUS: 1 }, 'LEAD_STATUS', 'must be one of'],
    ['a win without a value', won, 'LEAD_VALUE', ''],
    ['a win of 0', { ...won, LEAD_VALUE: 0 }, 'LEAD_VALUE', ''],
    ['a win of less than 0', { ...won, LEAD_VALUE: -1 }, 'LEAD_VALUE', 'must not be negative'],
    ['a win of 1e12', { ...won, LEAD_VALUE: 1e12 }, 'LEAD_VALUE', 'below 1000000000000'],
    ['a win of three decimals', { ...won, LEAD_VALUE: '1.005' }, 'LEAD_VALUE', 'at most two decimals'],
    ['a quality of 101', { LEAD_QUALITY: 101 }, 'LEAD_QUALITY', 'from 0 to 100'],
    ['a quality of half', { LEAD_QUALITY: 1.5 }, 'LEAD_QUALITY', 'whole number'],
    ['a day that is none', { LEAD_OPENED_DATE: '2026-02-30' }, 'LEAD_OPENED_DATE', DATE_RULE],
    ['a value in words', { LEAD_VALUE: '1e3' }, 'LEAD_VALUE', 'must be a number'],
    ['a value with a comma', { LEAD_VALUE: '40,000' }, 'LEAD_VALUE', 'must be a number'],
  ])('is refused for %s, naming property and rule, and nothing is written', async (_, body, field, words) => {
    const answer = await writingNothing(stage, () => stage.call(creates, { target: start, body: JSON.stringify(body) }))
    expect(refusalFault('constructiononline', answer, [400])).toBe('')
    const message = messageOf('constructiononline', answer.json) ?? ''
    expect(message).toMatch(new RegExp(`\\b${field}\\b`))
    expect(message).toContain(words)
  })

  test.each<[string, Fields, Fields]>([
    ['the least value', { ...won, LEAD_VALUE: '0.01' }, { ...won, LEAD_VALUE: 0.01 }],
    ['the greatest value', { ...won, LEAD_VALUE: 999999999999.99 }, { ...won, LEAD_VALUE: 999999999999.99 }],
    [
      'notes of 500 characters',
      { LEAD_STATUS: 'Closed - Lost', LEAD_NOTES: EMOJI.repeat(500) },
      { LEAD_STATUS: 'Closed - Lost', LEAD_NOTES: EMOJI.repeat(500) },
    ],
    ['a quality of 100 as text', { LEAD_QUALITY: ' 100 ' }, { LEAD_QUALITY: 100 }],
    ['a value of 0', { LEAD_VALUE: 0 }, { LEAD_VALUE: 0, LEAD_STATUS: 'Open' }],
  ])('is taken with %s, and read back exactly', async (_, body, read) => {
    const target = await stage.freshTarget(creates)
    const answer = await stage.call(creates, { target, body: JSON.stringify(body) })
    expect([answer.status, answer.json]).toEqual([200, expect.objectContaining(read)])
  })
})
