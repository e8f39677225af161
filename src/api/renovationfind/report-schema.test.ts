import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyBody, type Body } from '../../../test/support/status-bodies.ts'
import { RefusalError } from '../../core/errors.ts'
import { checkStatusReport } from '../../core/lead/status-report.ts'
import { REPORT_STATUSES } from '../../core/lead/status-rules.ts'
import { mapReport } from './map-in.ts'
import { reportBodySchema } from './report-schema.ts'

const ajv = addFormats.default(
  new Ajv2020({ strict: true, strictRequired: false, strictTypes: false, allErrors: false }),
)
const accepts = ajv.compile(reportBodySchema())

type Verdict = { accepted: boolean; text: string }

function check(body: Body): Verdict {
  try {
    const checked = checkStatusReport(mapReport(body))
    return checked.ok ? { accepted: true, text: '' } : { accepted: false, text: checked.fault.text }
  } catch (error) {
    if (error instanceof RefusalError) return { accepted: false, text: error.refusal.text }
    throw error
  }
}

/** What a schema cannot say, and the check does. */
const BEYOND_SCHEMA = [
  '{completionDate} must not be before {startDate}.',
  '{jobAmount} must have at most two decimals.',
]

/** JSON has no such number, so no body can carry it; Ajv refuses it for another reason than the check. */
function isJson(body: Body): boolean {
  return Object.values(body).every((value) => typeof value !== 'number' || Number.isFinite(value))
}

/** The schema counts the characters that trimming takes away. */
function isTrimmed(body: Body): boolean {
  const reason = body['reason']
  return typeof reason !== 'string' || reason === reason.trim() || [...reason].length <= 500
}

describe('the schema of a status report', () => {
  it('accepts and refuses what the check of the core does, but for what no schema can say', () => {
    let accepted = 0
    fc.assert(
      fc.property(anyBody, (body) => {
        fc.pre(isJson(body) && isTrimmed(body))
        const verdict = check(body)
        if (BEYOND_SCHEMA.includes(verdict.text)) return
        if (verdict.accepted) accepted += 1
        expect(accepts(body)).toBe(verdict.accepted)
      }),
      { numRuns: 4000 },
    )
    expect(accepted).toBeGreaterThan(400)
  })

  it('passes what only the check can refuse', () => {
    const plan = { estimatedProjectStartDate: '2026-05-02', estimatedCompletionDate: '2026-05-01' }
    const beyond: Body[] = [
      { status: 'LEAD_WON', jobAmount: 1, ...plan },
      { status: 'JOB_WON', jobAmount: 0.001 },
    ]
    for (const body of beyond) {
      expect(BEYOND_SCHEMA).toContain(check(body).text)
      expect(accepts(body)).toBe(true)
    }
    const padded = { status: 'OTHER', reason: ` ${'x'.repeat(500)}` }
    expect([check(padded).accepted, accepts(padded)]).toEqual([true, false])
  })

  it('has one if/then for each status that can be reported', () => {
    const { allOf } = reportBodySchema() as { allOf: { if: { properties: { status: { const: string } } } }[] }
    expect(allOf.map((part) => part.if.properties.status.const)).toEqual([...REPORT_STATUSES])
  })
})
