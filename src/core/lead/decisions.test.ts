import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Played, playSequence, reportOf, sequence } from '../../../test/support/lead-sequences.ts'
import { oracleAccepts } from '../../../test/support/status-oracle.ts'
import { REFUSAL_CODES } from '../errors.ts'
import { diffLeads } from './events.ts'
import type { Lead, LeadField, OpenProgress } from './lead.ts'
import type { LeadStatus } from './status-rules.ts'

/** Holds a statement over every step of many random sequences of decisions; with a seed, always the same ones. */
function always(statement: (played: Played, earlier: readonly Played[]) => void, seed?: number): void {
  const holds = fc.property(sequence, (drawn) => {
    const all = playSequence(drawn)
    all.forEach((played, index) => {
      statement(played, all.slice(0, index))
    })
  })
  fc.assert(holds, seed === undefined ? { numRuns: 250 } : { numRuns: 250, seed })
}

const WON: readonly LeadStatus[] = ['JOB_WON', 'LEAD_WON']
const CLOSED: readonly LeadStatus[] = [...WON, 'JOB_LOST', 'LEAD_LOST', 'JOB_POSTPONED_OR_CANCELLED']
const isWon = (lead: Lead) => WON.includes(lead.status)
const isOpen = (lead: Lead) => !CLOSED.includes(lead.status)

/** The default follow-up times, in days; a status that is not here is never followed up. */
const FOLLOW_UP_DAYS: Readonly<Partial<Record<LeadStatus, number>>> = {
  NO_RESPONSE: 1,
  HOMEOWNER_CONTACTED: 3,
  REACHED_OUT_TO_HOMEOWNER: 3,
  NO_RESPONSE_FROM_HOMEOWNER: 3,
  MEETUP_SCHEDULED: 7,
  QUOTE_SENT: 7,
  OTHER: 7,
  MULTIPLE_ATTEMPTS_NO_RESPONSE: 7,
  CONTACT_MADE: 7,
  JOB_PENDING_DECISION: 14,
  ESTIMATE_PROVIDED: 14,
  JOB_POSTPONED_OR_CANCELLED: 60,
}

function openProgressOf(lead: Lead): OpenProgress {
  const { status, reason, meetingDate, contactMethod, estimateType } = lead
  return { status: status as OpenProgress['status'], reason, meetingDate, contactMethod, estimateType }
}

describe('any sequence of decisions', () => {
  it('reaches every kind of end, so that the statements below say something', () => {
    const seen = new Set<string>()
    always(({ after, decision }) => {
      seen.add(after.status).add(after.action).add(decision.kind)
      if (decision.kind === 'refused') seen.add(decision.refusal.code)
    }, 1)
    const refusals = ['lead.not-accepted', 'lead.already-answered', 'lead.status-final', 'lead.value-final']
    const more = ['field.required', 'attachment.not-found', 'attachment.too-many', 'unchanged', 'DECLINED', 'LEAD_LOST']
    for (const end of [...refusals, ...more, ...Object.keys(FOLLOW_UP_DAYS), ...CLOSED]) expect(seen).toContain(end)
  })

  it('decides by the lead and the time alone, and never writes to the lead it was given', () => {
    always(({ before, now, decide, decision }) => {
      const copy = structuredClone(before)
      expect(decide(before, now)).toEqual(decision)
      expect(before).toEqual(copy)
    })
  })

  it('answers unchanged with the very lead, and refuses with a code of the catalogue', () => {
    always(({ before, decision }) => {
      if (decision.kind === 'unchanged') expect(decision.lead).toBe(before)
      if (decision.kind === 'refused') expect(REFUSAL_CODES).toContain(decision.refusal.code)
    })
  })

  it('leaves identity, revision and the times of the record to the writer', () => {
    always(({ before, after }) => {
      for (const field of ['companyId', 'id', 'revision', 'createdAt', 'modifiedAt', 'source'] as const) {
        expect(after[field]).toBe(before[field])
      }
      expect(Object.keys(after).sort()).toEqual(Object.keys(before).sort())
    })
  })

  it('never changes status, amount, value, plan or reason after a win', () => {
    const frozen = ['status', 'statusAt', 'jobAmount', 'value', 'reason', 'lastOpen', 'meetingDate'] as const
    const plan = ['startDate', 'completionDate', 'startDateTbd', 'completionDateTbd'] as const
    always(({ before, after }) => {
      if (!isWon(before)) return
      for (const field of [...frozen, ...plan]) expect(after[field]).toEqual(before[field])
    })
  })

  it('makes the amount the value of a won lead, and keeps amounts to won leads', () => {
    always(({ after }) => {
      if (isWon(after)) expect(after.value).toBe(after.jobAmount)
      else expect(after.jobAmount).toBeNull()
    })
  })

  it('takes the report a lead stands at again: unchanged after a win, else a new report of the same', () => {
    always(({ step, before, decision }) => {
      if (step.kind !== 'report again' || before.action !== 'ACCEPTED') return
      expect(decision.kind).toBe(isWon(before) ? 'unchanged' : 'change')
    })
  })

  it('holds at every moment a status with details that could have been reported', () => {
    always(({ after }) => {
      if (after.status === 'NO_RESPONSE') {
        const { reason, jobAmount, contactMethod, estimateType, lostReason, startDate, completionDate } = after
        const details = [reason, jobAmount, contactMethod, estimateType, lostReason, startDate, completionDate]
        expect(details.every((detail) => detail === null)).toBe(true)
        return
      }
      const { meetingDate, startDate, completionDate, jobAmount, ...rest } = reportOf(after)
      const body = {
        ...rest,
        meetingScheduledDate: meetingDate,
        estimatedProjectStartDate: startDate,
        estimatedCompletionDate: completionDate,
        jobAmount: jobAmount === null ? null : Number(jobAmount),
      }
      expect(oracleAccepts(body)).toBe(true)
    })
  })

  it('gives no status and no files to a lead that nobody accepted', () => {
    always(({ after }) => {
      if (after.action === 'ACCEPTED') return
      expect(after).toMatchObject({ status: 'NO_RESPONSE', statusAt: null, attachments: [] })
    })
  })

  it('answers an offer once and for all', () => {
    always(({ before, after }) => {
      if (before.action === 'NONE') return
      const { action, actionAt, declineReason } = before
      expect(after).toMatchObject({ action, actionAt, declineReason, viewed: true })
    })
  })

  it('remembers the last open progress exactly while the lead is closed', () => {
    always(({ after }, earlier) => {
      if (isOpen(after)) {
        expect(after.lastOpen).toBeNull()
        return
      }
      const lastOpen = [...earlier].reverse().find((played) => isOpen(played.after))?.after ?? earlier[0]?.before
      if (lastOpen !== undefined) expect(after.lastOpen).toEqual(openProgressOf(lastOpen))
    })
  })

  it('opens a closed lead where it was last open, with that status and its details', () => {
    always(({ step, before, after, decision, now }) => {
      if (step.kind !== 'update' || step.outcome !== 'open' || isOpen(before)) return
      expect(decision.kind).toBe(isWon(before) ? 'refused' : 'change')
      if (decision.kind !== 'change') return
      expect(openProgressOf(after)).toEqual(before.lastOpen)
      expect(after).toMatchObject({ statusAt: now, lastOpen: null, lostReason: null })
    })
  })

  it('asks for the next step when the offer, the status or the missing attachment says so', () => {
    always(({ after, now }) => {
      if (after.action === 'NONE') expect(after.actionDueAt).toBe(after.createdAt)
      else if (after.action === 'DECLINED') expect(after.actionDueAt).toBeNull()
      else if (after.status === 'LEAD_WON') {
        expect(after.actionDueAt !== null && after.actionDueAt <= now).toBe(after.attachments.length === 0)
        if (after.attachments.length > 0) expect(after.actionDueAt).toBeNull()
      } else {
        const days = FOLLOW_UP_DAYS[after.status]
        const sinceMs = Date.parse(after.statusAt ?? after.actionAt ?? '')
        const due = days === undefined ? null : new Date(sinceMs + days * 86_400_000).toISOString()
        expect(after.actionDueAt).toBe(due)
      }
    })
  })

  it('lists the fields that differ and no other, so that the list replayed over the old lead gives the new', () => {
    // Bookkeeping and what follows from other fields is not told.
    const untold: readonly LeadField[] = ['statusAt', 'actionDueAt', 'lastOpen']
    always(({ before, after }) => {
      const changes = diffLeads(before, after)
      const replayed: Record<string, unknown> = { ...before }
      for (const [field, { old, new: news }] of Object.entries(changes)) {
        expect(old).toEqual(before[field as LeadField])
        expect(news).not.toEqual(old)
        replayed[field] = news
      }
      for (const field of untold) replayed[field] = after[field]
      expect(replayed).toEqual(after)
    })
  })
})
