/** Fewer closed leads than this say nothing about a rate: the report then shows the counts instead of a percentage. */
export const RATED_MIN = 5

export interface Outcome {
  readonly won: number
  readonly lost: number
}

export interface WinRate {
  /** Leads that were won or lost: what the rate is of. */
  readonly closed: number
  readonly won: number
  /** Between 0 and 1; null when nothing is closed. */
  readonly rate: number | null
  /** Whether there are enough closed leads to speak of a rate. */
  readonly telling: boolean
}

export function winRate({ won, lost }: Outcome): WinRate {
  const closed = won + lost
  return { closed, won, rate: closed === 0 ? null : won / closed, telling: closed >= RATED_MIN }
}

/** A share of a whole between 0 and 1; null when the whole is nothing. */
export function share(part: number, whole: number): number | null {
  return whole <= 0 ? null : part / whole
}
