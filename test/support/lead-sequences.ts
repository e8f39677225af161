import fc, { type Arbitrary } from 'fast-check'
import { acceptLead, declineLead, markViewed } from '../../src/core/lead/answer-offer.ts'
import { attachFiles, detachFile } from '../../src/core/lead/attach.ts'
import type { Decide, Decision } from '../../src/core/lead/decision.ts'
import type { Lead } from '../../src/core/lead/lead.ts'
import type { PropertyChanges } from '../../src/core/lead/properties.ts'
import { reportStatus } from '../../src/core/lead/report-status.ts'
import { checkStatusReport, type StatusReport } from '../../src/core/lead/status-report.ts'
import type { Outcome } from '../../src/core/lead/status-rules.ts'
import { updateLead } from '../../src/core/lead/update-lead.ts'
import { deepFreeze, makeFile, makeOfferedLead, makeOwnLead, makeReport, T0 } from './lead-fixtures.ts'
import { CORE_NAMES, goodBody } from './status-bodies.ts'

/** What somebody wants of a lead, as data, so that a failing sequence can be read. */
export type Step =
  | { readonly kind: 'accept' | 'view' | 'report again'; readonly hours: number }
  | { readonly kind: 'decline'; readonly reason: string; readonly hours: number }
  | { readonly kind: 'report'; readonly report: StatusReport; readonly hours: number }
  | {
      readonly kind: 'update'
      readonly changes: PropertyChanges
      readonly outcome: Outcome | null
      readonly hours: number
    }
  | { readonly kind: 'attach'; readonly count: number; readonly hours: number }
  | { readonly kind: 'detach'; readonly place: number; readonly hours: number }

/** One step of a played sequence. `after` is the lead as it stands then, changed or not. */
export interface Played {
  readonly step: Step
  readonly now: string
  readonly before: Lead
  readonly decide: Decide
  readonly decision: Decision
  readonly after: Lead
}

const FALLBACK = 'Set from outside'
const hours = fc.oneof(fc.constant(0), fc.nat({ max: 1000 }))
const report = goodBody.map((body) => {
  const named = Object.entries(body).map(([name, value]) => [CORE_NAMES[name] ?? name, value])
  const checked = checkStatusReport(Object.fromEntries(named) as Record<string, unknown>)
  return checked.ok ? checked.value : makeReport({ status: 'QUOTE_SENT' })
})
const changes: Arbitrary<PropertyChanges> = fc.record(
  {
    quality: fc.option(fc.nat({ max: 3 })),
    value: fc.constantFrom(null, '0.00', '10.00', '20.50'),
    notes: fc.constantFrom(null, 'Called', 'n'.repeat(700)),
  },
  { requiredKeys: [] },
)
const outcome = fc.constantFrom<(Outcome | null)[]>(null, 'open', 'won', 'lost', 'inactive')

const step: Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('accept' as const), hours }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('view' as const), hours }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('report again' as const), hours }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('decline' as const), reason: fc.constantFrom('Far', 'Busy'), hours }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('report' as const), report, hours }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('update' as const), changes, outcome, hours }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('attach' as const),
      count: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 40 })),
      hours,
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('detach' as const), place: fc.nat({ max: 3 }), hours }) },
)

export interface Sequence {
  readonly start: 'own' | 'offered'
  readonly steps: readonly Step[]
}

export const sequence: Arbitrary<Sequence> = fc.record({
  start: fc.constantFrom<('own' | 'offered')[]>('own', 'offered', 'offered'),
  steps: fc.array(step, { maxLength: 25, size: 'max' }),
})

/** Plays the steps one after the other on a frozen lead, as the writer would. */
export function playSequence({ start, steps }: Sequence): readonly Played[] {
  const played: Played[] = []
  let lead = start === 'own' ? makeOwnLead() : makeOfferedLead()
  let nowMs = Date.parse(T0)
  let fileId = 1
  for (const one of steps) {
    nowMs += one.hours * 3_600_000
    const now = new Date(nowMs).toISOString()
    const decide = decideOf(one, lead, fileId)
    if (one.kind === 'attach') fileId += one.count
    const decision = decide(lead, now)
    const after = decision.kind === 'change' ? deepFreeze(decision.lead) : lead
    played.push({ step: one, now, before: lead, decide, decision, after })
    lead = after
  }
  return played
}

function decideOf(one: Step, lead: Lead, nextFileId: number): Decide {
  switch (one.kind) {
    case 'accept':
      return acceptLead
    case 'view':
      return markViewed
    case 'decline':
      return declineLead(one.reason)
    case 'report':
      return reportStatus(one.report)
    case 'report again':
      return reportStatus(reportOf(lead))
    case 'update': {
      const wish = one.outcome === null ? null : { outcome: one.outcome, reasonFallback: FALLBACK }
      return updateLead(one.changes, wish)
    }
    case 'attach':
      return attachFiles(Array.from({ length: one.count }, (_, index) => makeFile(nextFileId + index)))
    case 'detach':
      return detachFile(lead.attachments[one.place]?.id ?? 999_999)
  }
}

/** The report that would bring a lead to where it stands; `QUOTE_SENT` for one that was never reported. */
export function reportOf(lead: Lead): StatusReport {
  if (lead.status === 'NO_RESPONSE') return makeReport({ status: 'QUOTE_SENT' })
  return makeReport({
    status: lead.status,
    reason: lead.reason,
    meetingDate: lead.status === 'MEETUP_SCHEDULED' ? lead.meetingDate : null,
    jobAmount: lead.jobAmount,
    contactMethod: lead.contactMethod,
    estimateType: lead.estimateType,
    lostReason: lead.lostReason,
    startDate: lead.startDate,
    completionDate: lead.completionDate,
    startDateTbd: lead.startDateTbd,
    completionDateTbd: lead.completionDateTbd,
  })
}
