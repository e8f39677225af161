import { userLanguages } from '../../languages.ts'

const NOON = 12
const EVENING = 18

export function greetingAt(now: Date): string {
  const hour = now.getHours()
  if (hour < NOON) return 'Good morning'
  return hour < EVENING ? 'Good afternoon' : 'Good evening'
}

/** "Saturday, November 21" in the user's own notation. */
export function formatToday(now: Date): string {
  return new Intl.DateTimeFormat(userLanguages(), { weekday: 'long', month: 'long', day: 'numeric' }).format(now)
}
