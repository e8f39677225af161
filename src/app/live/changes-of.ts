import type { LiveLine } from '../../store/pipeline/live-line.ts'
import type { LiveChange, LivePlace } from '../feed.ts'

/** What an announcement tells of one company; only who has heard the last change has heard all of it. */
export function changesOf(place: LivePlace, lines: readonly LiveLine[]): LiveChange[] {
  return lines.map((line, i) => ({ ...line, place, isLast: i === lines.length - 1 }))
}
