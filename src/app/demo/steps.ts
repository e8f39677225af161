import { acceptLead, declineLead, markViewed } from '../../core/lead/answer-offer.ts'
import type { Decide } from '../../core/lead/decision.ts'
import type { PropertyChanges } from '../../core/lead/properties.ts'
import { reportStatus } from '../../core/lead/report-status.ts'
import { checkStatusReport } from '../../core/lead/status-report.ts'
import { CONTACT_METHODS, ESTIMATE_TYPES } from '../../core/lead/status-rules.ts'
import { updateLead } from '../../core/lead/update-lead.ts'
import { addHours } from '../../lib/calendar.ts'
import type { Money } from '../../lib/decimal.ts'
import type { SeededRandom } from '../../lib/seeded-random.ts'
import { roundTo } from './job-request.ts'
import * as phrases from './phrases.ts'
import type { Role } from './story.ts'

/** Something that happens to a lead, so many hours after what happened before it. */
export interface Step {
  readonly afterHours: number
  readonly by: Role
  readonly decide: Decide
}

/** What the steps of one lead have in common. */
export interface Scene {
  readonly random: SeededRandom
  /** The program or the desk that reports progress on this lead. */
  readonly reporter: Exclude<Role, 'constructiononline'>
  /** ConstructionOnline knows outcomes only: with true the lead is closed from there. */
  readonly closedInConstructionOnline: boolean
  /** What the job is worth, in whole dollars. */
  readonly worth: number
}

const DAY = 24

/** A report by the rule table; `inputAt` makes the fields from the instant of the report. */
function report(
  { reporter }: Scene,
  afterHours: number,
  inputAt: (now: string) => Readonly<Record<string, unknown>>,
): Step {
  const decide: Decide = (lead, now) => {
    const checked = checkStatusReport(inputAt(now))
    if (!checked.ok) throw new Error(`A demo report breaks the rules: ${checked.fault.text}`)
    return reportStatus(checked.value)(lead, now)
  }
  return { afterHours, by: reporter, decide }
}

function daysLater(now: string, days: number): string {
  return addHours(now, days * DAY).slice(0, 10)
}

export function money(dollars: number): Money {
  return `${dollars}.00`
}

function maybe<T>(random: SeededRandom, probability: number, list: readonly T[]): T | undefined {
  return random.chance(probability) ? random.pick(list) : undefined
}

export function viewed({ random }: Scene): Step {
  return { afterHours: random.integer(1, 9), by: 'office', decide: markViewed }
}

export function accepted({ random, reporter }: Scene): Step {
  return { afterHours: random.integer(1, 22), by: reporter, decide: acceptLead }
}

export function declined({ random, reporter }: Scene): Step {
  const reason = random.pick(phrases.DECLINE_REASONS)
  return { afterHours: random.integer(2, 30), by: reporter, decide: declineLead(reason) }
}

export function reachedOut(scene: Scene): Step {
  const { random } = scene
  const contactMethod = maybe(random, 0.8, CONTACT_METHODS.slice(0, 3))
  return report(scene, random.integer(1, 20), () => ({ status: 'REACHED_OUT_TO_HOMEOWNER', contactMethod }))
}

export function contacted(scene: Scene): Step {
  const { random } = scene
  const reason = maybe(random, 0.4, phrases.CONTACT_NOTES)
  return report(scene, random.integer(1, 24), () => ({ status: 'HOMEOWNER_CONTACTED', reason }))
}

export function notAnswering(scene: Scene): Step {
  const { random } = scene
  const reason = maybe(random, 0.5, phrases.NO_ANSWER_NOTES)
  return report(scene, random.integer(20, 60), () => ({ status: 'NO_RESPONSE_FROM_HOMEOWNER', reason }))
}

export function triedOften(scene: Scene): Step {
  const { random } = scene
  const reason = maybe(random, 0.5, phrases.NO_ANSWER_NOTES)
  return report(scene, random.integer(40, 110), () => ({ status: 'MULTIPLE_ATTEMPTS_NO_RESPONSE', reason }))
}

export function somethingElse(scene: Scene): Step {
  const { random } = scene
  const reason = random.pick(phrases.OTHER_REASONS)
  return report(scene, random.integer(10, 70), () => ({ status: 'OTHER', reason }))
}

export function talked(scene: Scene): Step {
  const { random } = scene
  const contactMethod = maybe(random, 0.85, CONTACT_METHODS)
  const reason = maybe(random, 0.3, phrases.CONTACT_NOTES)
  return report(scene, random.integer(2, 50), () => ({ status: 'CONTACT_MADE', contactMethod, reason }))
}

/** A visit is agreed; what follows comes after it. */
export function visitAgreed(scene: Scene, daysAhead: number): Step {
  const { random } = scene
  const input = (now: string) => ({ status: 'MEETUP_SCHEDULED', meetingDate: daysLater(now, daysAhead) })
  return report(scene, random.integer(4, 40), input)
}

export function quoted(scene: Scene, afterHours: number): Step {
  const reason = maybe(scene.random, 0.4, phrases.QUOTE_NOTES)
  return report(scene, afterHours, () => ({ status: 'QUOTE_SENT', reason }))
}

export function estimated(scene: Scene, afterHours: number): Step {
  const { random } = scene
  const estimateType = maybe(random, 0.9, ESTIMATE_TYPES)
  const reason = maybe(random, 0.25, phrases.QUOTE_NOTES)
  return report(scene, afterHours, () => ({ status: 'ESTIMATE_PROVIDED', estimateType, reason }))
}

export function deciding(scene: Scene): Step {
  return report(scene, scene.random.integer(2 * DAY, 9 * DAY), () => ({ status: 'JOB_PENDING_DECISION' }))
}

/** The office, or its ConstructionOnline program, notes how good the lead is and what it is worth. */
export function assessed({ random, worth }: Scene): Step {
  const changes: PropertyChanges = {
    quality: random.integer(1, 5),
    value: money(roundTo((worth * random.integer(85, 115)) / 100, 100)),
    type: random.pick(phrases.LEAD_TYPES),
    sourceLabel: random.pick(phrases.SOURCE_LABELS),
    ...(random.chance(0.4) ? { notes: random.pick(phrases.OFFICE_NOTES) } : {}),
  }
  const by = random.chance(0.35) ? 'constructiononline' : 'office'
  return { afterHours: random.integer(1, 6), by, decide: updateLead(changes, null) }
}

function wonAmount({ random, worth }: Scene): number {
  const cents = random.chance(0.2) ? random.integer(1, 99) : 0
  return (roundTo((worth * random.integer(88, 112)) / 100, 25) * 100 + cents) / 100
}

export function jobWon(scene: Scene): Step {
  const { random } = scene
  const afterHours = random.integer(DAY, 10 * DAY)
  const jobAmount = wonAmount(scene)
  if (scene.closedInConstructionOnline) {
    const decide = updateLead({ value: money(Math.floor(jobAmount)) }, { outcome: 'won', reasonFallback: '' })
    return { afterHours, by: 'constructiononline', decide }
  }
  const reason = maybe(random, 0.5, phrases.WIN_NOTES)
  return report(scene, afterHours, () => ({ status: 'JOB_WON', jobAmount, reason }))
}

export function leadWon(scene: Scene): Step {
  const { random } = scene
  const jobAmount = wonAmount(scene)
  const startDays = random.chance(0.75) ? random.integer(7, 70) : null
  const lastDays = startDays === null || random.chance(0.3) ? null : startDays + random.integer(5, 80)
  return report(scene, random.integer(DAY, 10 * DAY), (now) => ({
    status: 'LEAD_WON',
    jobAmount,
    ...(startDays === null ? { startDateTbd: true } : { startDate: daysLater(now, startDays) }),
    ...(lastDays === null ? { completionDateTbd: true } : { completionDate: daysLater(now, lastDays) }),
  }))
}

export function jobLost(scene: Scene): Step {
  const { random } = scene
  const afterHours = random.integer(2 * DAY, 12 * DAY)
  const reason = random.pick(phrases.LOST_JOB_REASONS)
  if (!scene.closedInConstructionOnline) return report(scene, afterHours, () => ({ status: 'JOB_LOST', reason }))
  const decide = updateLead({ notes: reason }, { outcome: 'lost', reasonFallback: reason })
  return { afterHours, by: 'constructiononline', decide }
}

export function leadLost(scene: Scene): Step {
  const { random } = scene
  const lostReason = random.pick(['PRICE', 'PRICE', 'TIMING', 'OTHER'])
  const reason = lostReason === 'OTHER' ? random.pick(phrases.LOST_JOB_REASONS) : undefined
  return report(scene, random.integer(2 * DAY, 12 * DAY), () => ({ status: 'LEAD_LOST', lostReason, reason }))
}

export function postponed(scene: Scene): Step {
  const { random } = scene
  const afterHours = random.integer(DAY, 9 * DAY)
  const reason = random.pick(phrases.POSTPONED_REASONS)
  if (!scene.closedInConstructionOnline) {
    return report(scene, afterHours, () => ({ status: 'JOB_POSTPONED_OR_CANCELLED', reason }))
  }
  const decide = updateLead({ notes: reason }, { outcome: 'inactive', reasonFallback: reason })
  return { afterHours, by: 'constructiononline', decide }
}
