import type { LeadStatus } from '../../core/lead/status-rules.ts'
import type { Scene, Step } from './steps.ts'
import * as steps from './steps.ts'

/** Where a demo lead stands today, how many of them a company has, and how it came there. */
export interface Ending {
  readonly name: LeadStatus | 'OFFERED' | 'DECLINED'
  /** Leads of one company that end here. */
  readonly count: number
  /** Offered by the operator always; else some of them were entered by the office itself. */
  readonly offeredOnly: boolean
  /** Hours since the last step, from the shortest to the longest. */
  readonly restHours: readonly [min: number, max: number]
  /** The steps after the answer to the offer, or after the lead was entered. */
  readonly path: (scene: Scene) => readonly Step[]
}

const DAY = 24
/** Closed leads reach back as far as the demo does. */
const LONG_AGO = [1, 200 * DAY] as const

function firstTouch(scene: Scene): readonly Step[] {
  const { random } = scene
  const reached = random.chance(0.6) ? [steps.reachedOut(scene)] : [steps.contacted(scene)]
  const missed = random.chance(0.2) ? [steps.notAnswering(scene)] : []
  return [...reached, ...missed]
}

function conversation(scene: Scene): readonly Step[] {
  const { random } = scene
  const talk = [...firstTouch(scene), steps.talked(scene)]
  return random.chance(0.55) ? [...talk, steps.assessed(scene)] : talk
}

function quoteOrEstimate(scene: Scene): readonly Step[] {
  const { random } = scene
  const offer = random.chance(0.5) ? steps.quoted : steps.estimated
  if (random.chance(0.25)) return [...conversation(scene), offer(scene, random.integer(20, 6 * DAY))]
  return [...visited(scene), offer(scene, afterVisit(scene))]
}

const VISIT_DAYS = 4

function visited(scene: Scene): readonly Step[] {
  return [...conversation(scene), steps.visitAgreed(scene, scene.random.integer(1, VISIT_DAYS))]
}

function afterVisit({ random }: Scene): number {
  return random.integer(VISIT_DAYS * DAY + 6, 9 * DAY)
}

function decision(scene: Scene): readonly Step[] {
  const offer = quoteOrEstimate(scene)
  return scene.random.chance(0.4) ? [...offer, steps.deciding(scene)] : offer
}

function ending(name: Ending['name'], count: number, parts: Omit<Ending, 'name' | 'count' | 'offeredOnly'>): Ending {
  return { name, count, offeredOnly: name === 'OFFERED' || name === 'DECLINED', ...parts }
}

/** All statuses and all stages of the board; 203 leads a company. */
export const ENDINGS: readonly Ending[] = [
  ending('OFFERED', 8, {
    restHours: [1, 60],
    path: (scene) => (scene.random.chance(0.4) ? [steps.viewed(scene)] : []),
  }),
  ending('DECLINED', 17, { restHours: LONG_AGO, path: (scene) => [steps.declined(scene)] }),
  ending('NO_RESPONSE', 10, { restHours: [1, 2 * DAY], path: () => [] }),
  ending('REACHED_OUT_TO_HOMEOWNER', 9, { restHours: [1, 5 * DAY], path: (scene) => [steps.reachedOut(scene)] }),
  ending('HOMEOWNER_CONTACTED', 9, { restHours: [1, 5 * DAY], path: (scene) => [steps.contacted(scene)] }),
  ending('NO_RESPONSE_FROM_HOMEOWNER', 7, {
    restHours: [1, 5 * DAY],
    path: (scene) => [steps.reachedOut(scene), steps.notAnswering(scene)],
  }),
  ending('MULTIPLE_ATTEMPTS_NO_RESPONSE', 7, {
    restHours: [1, 12 * DAY],
    path: (scene) => [steps.reachedOut(scene), steps.notAnswering(scene), steps.triedOften(scene)],
  }),
  ending('OTHER', 6, {
    restHours: [1, 12 * DAY],
    path: (scene) => [...firstTouch(scene), steps.somethingElse(scene)],
  }),
  ending('CONTACT_MADE', 12, { restHours: [1, 10 * DAY], path: conversation }),
  ending('MEETUP_SCHEDULED', 14, {
    restHours: [1, 2 * DAY],
    path: (scene) => [...conversation(scene), steps.visitAgreed(scene, scene.random.integer(2, 12))],
  }),
  ending('QUOTE_SENT', 13, {
    restHours: [1, 14 * DAY],
    path: (scene) => [...visited(scene), steps.quoted(scene, afterVisit(scene))],
  }),
  ending('ESTIMATE_PROVIDED', 12, {
    restHours: [1, 21 * DAY],
    path: (scene) => [...visited(scene), steps.estimated(scene, afterVisit(scene))],
  }),
  ending('JOB_PENDING_DECISION', 10, {
    restHours: [1, 21 * DAY],
    path: (scene) => [...quoteOrEstimate(scene), steps.deciding(scene)],
  }),
  ending('JOB_WON', 28, { restHours: LONG_AGO, path: (scene) => [...decision(scene), steps.jobWon(scene)] }),
  ending('LEAD_WON', 6, { restHours: LONG_AGO, path: (scene) => [...decision(scene), steps.leadWon(scene)] }),
  ending('JOB_LOST', 14, { restHours: LONG_AGO, path: (scene) => [...decision(scene), steps.jobLost(scene)] }),
  ending('LEAD_LOST', 12, { restHours: LONG_AGO, path: (scene) => [...decision(scene), steps.leadLost(scene)] }),
  ending('JOB_POSTPONED_OR_CANCELLED', 9, {
    restHours: LONG_AGO,
    path: (scene) => [...conversation(scene), steps.postponed(scene)],
  }),
]
