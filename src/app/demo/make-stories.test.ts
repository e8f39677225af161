import { describe, expect, test } from 'vitest'
import { reportOf } from '../../../test/support/lead-sequences.ts'
import { FACES } from '../../core/lead/events.ts'
import type { Lead } from '../../core/lead/lead.ts'
import { checkProperty, EDITABLE_FIELDS, type EditableField } from '../../core/lead/properties.ts'
import { checkStatusReport } from '../../core/lead/status-report.ts'
import { BOARD_STAGES, type BoardStage, REPORT_STATUSES, STATUS_RULES } from '../../core/lead/status-rules.ts'
import { moneyToNumber } from '../../lib/decimal.ts'
import type { FinishedLead } from '../../store/bulk-load.ts'
import { DEMO_COMPANIES } from './company-spec.ts'
import { makeStories } from './make-stories.ts'
import { type Cast, tellStory } from './story.ts'

const NOW = '2026-11-20T13:37:11.000Z'
const DAY_MS = 86_400_000

const CAST: Cast = {
  operator: { kind: 'operator', id: 'demo', name: 'Operator', face: 'system' },
  office: { kind: 'user', id: '101', name: 'Office', face: 'native' },
  renovationfind: { kind: 'token', id: 't', name: 'Token', face: 'renovationfind' },
  constructiononline: { kind: 'apikey', id: '501', name: 'Key', face: 'constructiononline' },
}

const STAFF = [101, 102, 103]

const finished = DEMO_COMPANIES.map((spec, company) =>
  makeStories(spec, NOW).map((story, i) =>
    tellStory(story, { companyId: 1001 + company, id: 1_000_001 + company * 1000 + i, cast: CAST, staff: STAFF }),
  ),
)
const everyLead = finished.flat()

function stageOf({ action, status }: Lead): BoardStage {
  if (action === 'NONE') return 'Offered'
  return action === 'DECLINED' ? 'Declined' : STATUS_RULES[status].stage
}

/** The record that a reader of the timeline alone would build. */
function replay({ history }: FinishedLead): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const { changes } of history) {
    for (const [field, { old, new: value }] of Object.entries(changes)) {
      if (field in fields) expect(fields[field], field).toEqual(old)
      fields[field] = value
    }
  }
  return fields
}

describe.each(finished.map((leads, i) => [DEMO_COMPANIES[i]?.name ?? '', leads] as const))('%s', (_, leads) => {
  const records = leads.map(({ lead }) => lead)

  test('has about 200 leads, on every stage of the board and in every status', () => {
    expect(records.length).toBeGreaterThanOrEqual(190)
    expect(records.length).toBeLessThanOrEqual(215)
    expect(new Set(records.map(stageOf))).toEqual(new Set(BOARD_STAGES))
    expect(new Set(records.map(({ status }) => status))).toEqual(new Set([...REPORT_STATUSES, 'NO_RESPONSE']))
  })

  test('has six to ten open offers, and declined ones with their reasons', () => {
    const open = records.filter(({ action }) => action === 'NONE')
    expect(open.length).toBeGreaterThanOrEqual(6)
    expect(open.length).toBeLessThanOrEqual(10)
    expect(open.every(({ actionDueAt, createdAt }) => actionDueAt === createdAt)).toBe(true)
    const declined = records.filter(({ action }) => action === 'DECLINED')
    expect(declined.length).toBeGreaterThan(5)
    expect(declined.every(({ declineReason }) => declineReason !== null)).toBe(true)
  })

  test('has leads of several sources, and changes through every door that a company has', () => {
    const sources = new Set(records.map(({ source }) => source))
    expect([...sources].sort()).toEqual(['constructiononline', 'form', 'portal', 'renovationfind'])
    const faces = new Set(leads.flatMap(({ history }) => history.map(({ write }) => write.actor.face)))
    expect([...faces].sort()).toEqual(FACES.filter((face) => !['cli', 'form', 'sync'].includes(face)).sort())
  })

  test('reaches back over 200 days and comes close to now, but never beyond', () => {
    const times = leads.flatMap(({ history }) => history.map(({ lead }) => Date.parse(lead.modifiedAt)))
    const nowMs = Date.parse(NOW)
    const ages = times.map((time) => (nowMs - time) / DAY_MS)
    expect(Math.min(...ages)).toBeGreaterThanOrEqual(0)
    expect(Math.min(...ages)).toBeLessThan(1)
    expect(Math.max(...ages)).toBeGreaterThan(150)
    expect(Math.max(...ages)).toBeLessThanOrEqual(201)
    for (let month = 0; month < 6; month += 1) {
      expect(ages.filter((age) => Math.floor(age / 30) === month).length, `month ${month}`).toBeGreaterThan(15)
    }
  })

  test('names nobody twice and hardly ever repeats a request', () => {
    expect(new Set(records.map(({ firstName, lastName }) => `${firstName} ${lastName}`)).size).toBe(records.length)
    const requests = new Set(records.map(({ originalDescription }) => originalDescription))
    expect(requests.size).toBeGreaterThan(records.length * 0.95)
  })
})

test('the companies differ in what they do', () => {
  const categories = finished.map((leads) => new Set(leads.map(({ lead }) => lead.category)))
  for (const own of categories) expect(own.size).toBeGreaterThan(4)
  expect(new Set(categories.flatMap((own) => [...own])).size).toBe(categories.reduce((sum, own) => sum + own.size, 0))
})

test('the same instant gives the same leads', () => {
  const again = DEMO_COMPANIES.map((spec, company) =>
    makeStories(spec, NOW).map((story, i) =>
      tellStory(story, { companyId: 1001 + company, id: 1_000_001 + company * 1000 + i, cast: CAST, staff: STAFF }),
    ),
  )
  expect(again).toEqual(finished)
})

test('each record is what its timeline says, one row a revision, in the order of time', () => {
  for (const { lead, history } of everyLead) {
    expect(history.map((row) => row.lead.revision)).toEqual(history.map((_, i) => i + 1))
    expect(lead.revision).toBe(history.length)
    const times = history.map((row) => row.lead.modifiedAt)
    expect(times).toEqual([...times].sort())
    expect(new Set(times).size).toBe(times.length)
    expect(lead.createdAt).toBe(times[0])
    expect(lead.modifiedAt).toBe(times.at(-1))
    expect(lead).toMatchObject(replay({ lead, history }))
  }
})

test('every reported status obeys the rule table', () => {
  const reported = everyLead.flatMap(({ history }) => history.filter(({ event }) => event === 'lead.status_changed'))
  expect(reported.length).toBeGreaterThan(400)
  for (const { lead } of reported) {
    const report = reportOf(lead)
    const jobAmount = report.jobAmount === null ? null : moneyToNumber(report.jobAmount)
    expect(checkStatusReport({ ...report, jobAmount })).toEqual({ ok: true, value: report })
  }
})

test('every property could have been typed in: each passes its own check unchanged', () => {
  for (const { lead } of everyLead) {
    for (const field of Object.keys(EDITABLE_FIELDS) as EditableField[]) {
      expect(checkProperty(field, lead[field]), `${field} of ${lead.id}`).toEqual({ ok: true, value: lead[field] })
    }
  }
})

test('nobody real is named: telephone numbers are fictional and addresses belong to nobody', () => {
  for (const { lead } of everyLead) {
    expect(lead.email).toMatch(/^[a-z.]+@example\.(com|org)$/)
    expect(lead.phone).toMatch(/^\d{3}-555-01\d\d$/)
    expect(lead.zip).toMatch(/^[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] \d[ABCEGHJ-NPRSTV-Z]\d$/)
  }
})

test('the sub-fields of reports are all in use', () => {
  const records = everyLead.map(({ lead }) => lead)
  const uses = (field: keyof Lead) => records.filter((lead) => lead[field] !== null).length
  for (const field of ['reason', 'meetingDate', 'jobAmount', 'contactMethod', 'estimateType', 'lostReason'] as const) {
    expect(uses(field), field).toBeGreaterThan(8)
  }
  for (const field of ['startDate', 'completionDate', 'startDateTbd', 'completionDateTbd'] as const) {
    expect(uses(field), field).toBeGreaterThan(0)
  }
  expect(uses('projectDetailsHtml')).toBeGreaterThan(100)
  expect(uses('notes')).toBeGreaterThan(20)
  expect(uses('value')).toBeGreaterThan(100)
  expect(uses('quality')).toBeGreaterThan(100)
})

test('about half of the leads are looked after by somebody, all of the staff in turn', () => {
  for (const leads of finished) {
    const assigned = leads.filter(({ lead }) => lead.assigneeId !== null)
    expect(assigned.length).toBeGreaterThan(leads.length * 0.4)
    expect(assigned.length).toBeLessThan(leads.length * 0.6)
    expect(new Set(assigned.map(({ lead }) => lead.assigneeId))).toEqual(new Set(STAFF))
    expect(assigned.every(({ lead }) => lead.action === 'ACCEPTED')).toBe(true)
  }
})

test('a good part of the open leads has a next action from today to ten days ahead', () => {
  const planned = everyLead.filter(({ lead }) => lead.nextActionDate !== null)
  expect(planned.length).toBeGreaterThan(50)
  const dates = planned.map(({ lead }) => lead.nextActionDate ?? '').sort()
  expect(dates[0]).toBe('2026-11-20')
  expect(dates.at(-1)).toBe('2026-11-30')
  expect(planned.every(({ lead }) => STATUS_RULES[lead.status].outcome === 'open')).toBe(true)
})
