import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type FieldRule,
  fieldsFor,
  fieldsOf,
  type Rules,
  toReport,
  type Values,
  validate,
} from '../../portal/lead/status-form/rules.ts'
import { makeLeadStage } from '../native/leads/lead-stage.ts'
import { anyBody, type Body, CORE_NAMES } from '../support/status-bodies.ts'

const stage = await makeLeadStage()
const rules = (await stage.call('GET', '/lead-statuses')).body as unknown as Rules
const lead = await stage.accepted()
const STATUSES = rules.statuses.filter(({ reportable }) => reportable).map(({ status }) => status)

/** Reports onto the one lead; a report that was taken is taken back, so that the next one meets an open lead again. */
async function report(body: Body) {
  const answer = await stage.call('POST', `/leads/${lead}/status`, { body })
  if (answer.status === 200) {
    await stage.server.db.query({
      text: `UPDATE lead SET status = 'NO_RESPONSE', job_amount = NULL, reason = NULL WHERE id = $1`,
      values: [lead],
    })
  }
  return { status: answer.status, code: answer.body['code'], field: answer.body['field'], lead: answer.body }
}

/** A body under the names of the native API; a name that RenovationFind does not know stays one that nobody knows. */
function renamed(body: Body): Body {
  const pairs = Object.entries(body).map(([wire, value]) => {
    if (Object.hasOwn(CORE_NAMES, wire)) return [CORE_NAMES[wire], value]
    return [Object.values(CORE_NAMES).includes(wire) ? `_${wire}` : wire, value]
  })
  return Object.fromEntries(pairs) as Body
}

/** Bodies near to what is right for a status, as they arrive after JSON. */
function bodiesOf(status: string) {
  return anyBody
    .filter((body) => body['status'] === status)
    .map((body) => JSON.parse(JSON.stringify(renamed(body))) as Body)
}

function goodValue({ kind, values }: FieldRule): unknown {
  switch (kind) {
    case 'text':
      return 'Some words'
    case 'date':
      return '2027-05-04'
    case 'amount':
      return '18500.50'
    case 'flag':
      return true
    case 'choice':
      return values?.at(-1)
  }
}

function accepts(status: string, values: Values): boolean {
  return Object.keys(validate(rules, status, values)).length === 0
}

describe('the status form', () => {
  it('knows all 15 statuses', () => {
    expect(STATUSES).toHaveLength(15)
  })

  it.each(STATUSES)('accepts for %s exactly what the API accepts', async (status) => {
    await fc.assert(
      fc.asyncProperty(bodiesOf(status), async ({ status: _, ...values }) => {
        const answer = await report({ ...values, status })
        expect(answer.status).toBe(accepts(status, values) ? 200 : 400)
      }),
      { numRuns: 40 },
    )
  })

  it.each(STATUSES)('sends for %s what the API takes whenever it finds no fault', async (status) => {
    await fc.assert(
      fc.asyncProperty(bodiesOf(status), async ({ status: _, ...values }) => {
        fc.pre(accepts(status, values))
        const sent = toReport(rules, status, values)
        const answer = await report(sent)
        expect(answer.status).toBe(200)
        for (const [name, value] of Object.entries(sent)) {
          const kept = answer.lead[name]
          expect(name === 'jobAmount' ? Number(kept) : kept).toEqual(name === 'jobAmount' ? Number(value) : value)
        }
      }),
      { numRuns: 15 },
    )
  })

  it.each(STATUSES)('shows for %s exactly the fields that the API takes', async (status) => {
    const shown = fieldsFor(rules, status, {}).flatMap(fieldsOf)
    for (const field of rules.fields) {
      const answer = await report({ status, [field.name]: goodValue(field) })
      const isForeign = answer.code === 'field.not-allowed' && answer.field === field.name
      expect([field.name, isForeign]).toEqual([field.name, !shown.some(({ name }) => name === field.name)])
    }
  })

  it.each(STATUSES)('asks for %s one by one what the API misses', async (status) => {
    const values: Record<string, unknown> = {}
    let answer = await report({ ...values, status })
    while (answer.status === 400) {
      const field = rules.fields.find(({ name }) => name === answer.field)
      expect(Object.keys(validate(rules, status, values))).toContain(answer.field)
      if (field === undefined || answer.code !== 'field.required') throw new Error(String(answer.code))
      values[field.name] = goodValue(field)
      answer = await report({ ...values, status })
    }
    expect([answer.status, validate(rules, status, values)]).toEqual([200, {}])
  })

  it.each(['NO_RESPONSE', '', 'job_won', 'constructor'])('refuses the status %j as the API does', async (status) => {
    expect((await report({ status })).field).toBe('status')
    expect(Object.keys(validate(rules, status, {}))).toEqual(['status'])
  })

  it('makes the reason required by the choice that asks for it', () => {
    const requiredWith = (lostReason: string) =>
      fieldsFor(rules, 'LEAD_LOST', { lostReason }).flatMap((part) =>
        part.kind === 'field' && part.required ? [part.field.name] : [],
      )
    expect(requiredWith('PRICE')).toEqual(['lostReason'])
    expect(requiredWith('OTHER')).toEqual(['lostReason', 'reason'])
  })
})
