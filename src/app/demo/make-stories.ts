import type { DecideNew } from '../../core/lead/decision.ts'
import { createLead, offerLead } from '../../core/lead/new-lead.ts'
import { STATUS_RULES } from '../../core/lead/status-rules.ts'
import { addHours } from '../../lib/calendar.ts'
import { makeSeededRandom, type SeededRandom } from '../../lib/seeded-random.ts'
import type { CompanySpec } from './company-spec.ts'
import { withDeskWork } from './desk-work.ts'
import { ENDINGS, type Ending } from './endings.ts'
import { type JobRequest, makeJobRequest } from './job-request.ts'
import { type Homeowner, makeHomeowners } from './people.ts'
import { LEAD_TYPES, SOURCE_LABELS } from './phrases.ts'
import * as steps from './steps.ts'
import type { Beat, Story } from './story.ts'

/** The oldest lead was asked for this many days ago. */
const DAYS_BACK = 200
const HOUR_MS = 3_600_000
/** Sets the desk's choices apart from those of the story; any number would do. */
const DESK_SEED = 7

/**
 * The stories of a company's leads, oldest first. The same company and `now` (an ISO instant) always give the same
 * stories, and none of them reaches beyond `now`.
 */
export function makeStories(company: CompanySpec, now: string): Story[] {
  const random = makeSeededRandom(company.seed)
  const deskRandom = makeSeededRandom(company.seed + DESK_SEED)
  const nextHomeowner = makeHomeowners(random, company.places)
  const stories = ENDINGS.flatMap((ending) =>
    Array.from({ length: ending.count }, () =>
      makeStory({
        random,
        deskRandom,
        ending,
        now,
        homeowner: nextHomeowner(),
        job: makeJobRequest(random, company.trades),
      }),
    ),
  )
  return stories.sort((a, b) => (a.at < b.at ? -1 : 1))
}

interface Outline {
  readonly random: SeededRandom
  readonly deskRandom: SeededRandom
  readonly ending: Ending
  readonly now: string
  readonly homeowner: Homeowner
  readonly job: JobRequest
}

function makeStory({ random, deskRandom, ending, now, homeowner, job }: Outline): Story {
  const isOffer = ending.offeredOnly || random.chance(0.78)
  const scene: steps.Scene = {
    random,
    worth: job.worth,
    reporter: isOffer && random.chance(0.6) ? 'renovationfind' : 'office',
    closedInConstructionOnline: random.chance(0.35),
  }
  const answer = isOffer && !ending.offeredOnly ? [steps.accepted(scene)] : []
  const path = [...answer, ...ending.path(scene)]
  const start = isOffer ? offered(random, homeowner, job) : entered(random, homeowner, job)
  const story = { ...start, ...schedule(random, { path, restHours: ending.restHours, now }) }
  if (ending.name === 'OFFERED' || ending.name === 'DECLINED') return story
  const isOpen = STATUS_RULES[ending.name].outcome === 'open'
  return withDeskWork(story, { random: deskRandom, now, isOpen, worth: job.worth })
}

type Start = Pick<Story, 'by' | 'begin'>

function offered(random: SeededRandom, homeowner: Homeowner, job: JobRequest): Start {
  const { category, originalDescription, projectDetailsHtml } = job
  const sourceReference = `RF-${random.integer(100_000, 999_999)}`
  const begin = (companyId: number): DecideNew =>
    offerLead(
      { companyId, source: 'renovationfind', sourceReference },
      { ...homeowner, category, originalDescription },
      projectDetailsHtml,
    )
  return { by: 'operator', begin }
}

function entered(random: SeededRandom, homeowner: Homeowner, job: JobRequest): Start {
  const source = random.pick(['constructiononline', 'constructiononline', 'portal', 'form'] as const)
  const properties = {
    ...homeowner,
    category: job.category,
    originalDescription: job.originalDescription,
    type: random.pick(LEAD_TYPES),
    sourceLabel: random.pick(SOURCE_LABELS),
    ...(random.chance(0.5) ? { quality: random.integer(2, 5), value: steps.money(job.worth) } : {}),
  }
  const begin = (companyId: number): DecideNew => createLead({ companyId, source, sourceReference: null }, properties)
  return { by: source === 'constructiononline' ? 'constructiononline' : 'office', begin }
}

interface Plan {
  readonly path: readonly steps.Step[]
  readonly restHours: Ending['restHours']
  readonly now: string
}

/** Lays the steps so that the last one ends the wished time before now; the office's go into its working hours. */
function schedule(random: SeededRandom, { path, restHours, now }: Plan): Pick<Story, 'at' | 'beats'> {
  const pathHours = path.reduce((sum, step) => sum + step.afterHours, 0)
  const [restMin, restMax] = restHours
  const rest = random.integer(restMin, Math.min(restMax, DAYS_BACK * 24 - pathHours))
  const at = moved(addHours(now, -rest - pathHours), -random.integer(0, HOUR_MS - 1))
  let wished = at
  let last = at
  const beats = path.map(({ afterHours, by, decide }): Beat => {
    wished = addHours(wished, afterHours)
    const earliest = moved(last, random.integer(40, 240) * 1000)
    const daytime = intoWorkday(wished, random.integer(0, WORKDAY_HOURS * HOUR_MS - 1))
    last = daytime > earliest ? daytime : earliest
    return { at: last, by, decideFor: () => decide }
  })
  return { at, beats }
}

function moved(instant: string, ms: number): string {
  return new Date(Date.parse(instant) + ms).toISOString()
}

/** From eight to five in Calgary and from ten to seven in Hamilton, in summer: 14 to 23 o'clock UTC. */
const WORKDAY_START_HOUR = 14
const WORKDAY_HOURS = 9

/** The instant itself when it lies in working hours, else one in those before it, so far after their start. */
function intoWorkday(instant: string, afterStartMs: number): string {
  const hour = Number(instant.slice(11, 13))
  if (hour >= WORKDAY_START_HOUR && hour < WORKDAY_START_HOUR + WORKDAY_HOURS) return instant
  const midnight = Date.parse(`${instant.slice(0, 10)}T00:00:00.000Z`)
  const day = hour < WORKDAY_START_HOUR ? midnight - 24 * HOUR_MS : midnight
  return new Date(day + WORKDAY_START_HOUR * HOUR_MS + afterStartMs).toISOString()
}
