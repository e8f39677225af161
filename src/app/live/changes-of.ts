import type { Announcement } from '../../store/pipeline/live-line.ts'
import type { LiveChange } from '../feed.ts'

/** The changes of an announcement; only who has heard the last one of a company has heard all that it tells of it. */
export function changesOf({ place, lines }: Announcement): LiveChange[] {
  const lastOf = new Map(lines.map(({ companyId }, i) => [companyId, i]))
  return lines.map((line, i) => ({ ...line, place, isLast: lastOf.get(line.companyId) === i }))
}
