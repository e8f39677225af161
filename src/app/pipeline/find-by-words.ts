import type { CardFilter } from '../../store/pipeline/card-filter.ts'
import { findByText } from '../../store/pipeline/rare-leads.ts'
import type { App } from '../app.ts'

/** The leads that have the words of a search, deleted ones only where they are looked for. */
export interface FoundByWords {
  /** All of them, where they are few. */
  readonly all: readonly number[] | null
  /** Else as many of them as are still few; null where looking took too long. */
  readonly some: readonly number[] | null
}

/** Past so many a walk meets leads with the words soon, and costs less than picking. */
const FEW = 5000
const MILLIS = 400

export async function findByWords(app: App, filter: CardFilter): Promise<FoundByWords> {
  const found = await findByText(app.db, filter, { limit: FEW + 1, millis: MILLIS })
  if (found === null) return { all: null, some: null }
  return found.length <= FEW ? { all: found, some: null } : { all: null, some: found.slice(0, FEW) }
}
