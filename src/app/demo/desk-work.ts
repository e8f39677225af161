import { assignLead } from '../../core/lead/edit-lead.ts'
import { updateLead } from '../../core/lead/update-lead.ts'
import { addHours } from '../../lib/calendar.ts'
import type { SeededRandom } from '../../lib/seeded-random.ts'
import { roundTo } from './job-request.ts'
import { money } from './steps.ts'
import type { Beat, Story } from './story.ts'

export interface Desk {
  /** A source of its own, so that what happens to the leads does not depend on who looks after them. */
  readonly random: SeededRandom
  /** ISO instant of the telling. */
  readonly now: string
  /** Neither won nor lost: somebody will call again. */
  readonly isOpen: boolean
  /** What the job is worth, in whole dollars. */
  readonly worth: number
}

/** Who takes a lead: the place in the staff. The owner of the address takes fewer than the others. */
const SHIFTS = [0, 1, 1, 2, 2] as const
const DAYS_AHEAD_MAX = 10

/** Adds what the office itself does: about half of the leads get somebody, and open ones a next date and an estimate. */
export function withDeskWork(story: Story, { random, now, isOpen, worth }: Desk): Story {
  if (!random.chance(0.58)) return story
  const place = random.pick(SHIFTS)
  const first = story.beats.findIndex(({ by }) => by !== 'operator')
  const taken = assigned(story.by === 'operator' ? (story.beats[first]?.at ?? story.at) : story.at, random, place)
  const at = story.by === 'operator' ? first + 1 : 0
  const beats = [...story.beats.slice(0, at), taken, ...story.beats.slice(at)]
  if (!isOpen || !random.chance(0.7)) return { ...story, beats }
  const last = beats.at(-1)?.at ?? story.at
  return { ...story, beats: [...beats, planned(last, { random, now, worth })] }
}

/** Within the forty seconds that lie at least between two beats. */
function soonAfter(instant: string, random: SeededRandom): string {
  return new Date(Date.parse(instant) + random.integer(5, 19) * 1000).toISOString()
}

function assigned(after: string, random: SeededRandom, place: number): Beat {
  const at = soonAfter(after, random)
  return { at, by: 'office', decideFor: (staff) => assignLead(staff[place] ?? null) }
}

function planned(after: string, { random, now, worth }: Pick<Desk, 'random' | 'now' | 'worth'>): Beat {
  const nextActionDate = addHours(now, random.integer(0, DAYS_AHEAD_MAX) * 24).slice(0, 10)
  const value = money(roundTo((worth * random.integer(85, 115)) / 100, 100))
  return {
    at: soonAfter(after, random),
    by: 'office',
    decideFor: () => (lead, at) =>
      updateLead({ nextActionDate, ...(lead.value === null ? { value } : {}) }, null)(lead, at),
  }
}
