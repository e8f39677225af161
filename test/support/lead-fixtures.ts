import type { DecideNew, Decision } from '../../src/core/lead/decision.ts'
import type { AttachmentInfo, Lead } from '../../src/core/lead/lead.ts'
import { createLead, offerLead } from '../../src/core/lead/new-lead.ts'
import type { StatusReport } from '../../src/core/lead/status-report.ts'
import { EMPTY_DETAILS } from '../../src/core/lead/status-report.ts'

/** The moment at which the leads of these tests are made. */
export const T0 = '2026-03-01T09:00:00.000Z'
/** A later moment. */
export const T1 = '2026-03-02T10:30:00.000Z'

/** Freezes a value through and through, so that a decision that writes to its input throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) deepFreeze(part)
  }
  return value
}

/** The lead of a decision that changes; fails the test on any other decision. */
export function changed(decision: Decision): Lead {
  if (decision.kind !== 'change') throw new Error(`expected a change, got ${JSON.stringify(decision)}`)
  return decision.lead
}

/** The code of a refusal; any other decision gives its kind, so that a failed expectation is readable. */
export function refusalCode(decision: Decision): string {
  return decision.kind === 'refused' ? decision.refusal.code : `(${decision.kind})`
}

/** A lead that the company made itself: accepted, `NO_RESPONSE`; overrides go on top. Frozen. */
export function makeOwnLead(overrides: Partial<Lead> = {}): Lead {
  return build(createLead({ companyId: 7, source: 'portal', sourceReference: null }, {}), overrides)
}

/** A lead that an operator offers and nobody has answered; overrides go on top. Frozen. */
export function makeOfferedLead(overrides: Partial<Lead> = {}): Lead {
  return build(offerLead({ companyId: 7, source: 'native', sourceReference: null }, {}, null), overrides)
}

function build(decide: DecideNew, overrides: Partial<Lead>): Lead {
  return deepFreeze({ ...changed(decide(1001, T0)), ...overrides })
}

/** A checked report as `checkStatusReport` gives it; details that are not named are null. */
export function makeReport(parts: Partial<StatusReport> & Pick<StatusReport, 'status'>): StatusReport {
  return deepFreeze({ ...EMPTY_DETAILS, ...parts })
}

/** A checked `LEAD_WON` report with both dates still to be determined. */
export function makeLeadWon(parts: Partial<StatusReport> = {}): StatusReport {
  const tbd = { startDateTbd: true, completionDateTbd: true }
  return makeReport({ status: 'LEAD_WON', jobAmount: '45000.00', ...tbd, ...parts })
}

export function makeFile(id: number): AttachmentInfo {
  return { id, filename: `plan-${id}.pdf`, contentType: 'application/pdf', sizeBytes: 1000 + id, uploadedAt: T0 }
}
