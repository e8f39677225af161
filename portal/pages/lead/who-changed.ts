import { call } from '../../api/client.ts'
import type { Timeline } from '../../api/types.ts'
import { actorWords } from './timeline-words.ts'

/** Who gave a field its present value, and when. */
export interface Author {
  readonly who: string
  readonly at: string
}

export type Authors = Readonly<Record<string, Author>>

/** More changes than this meanwhile are those of a program; the newest ones tell enough. */
const LOOK_BACK = 100

/**
 * Of each field the last change after a revision, from the timeline. Without the answer nobody is named: the choice
 * between two values does not wait for it.
 */
export async function authorsSince(leadId: number, revision: number): Promise<Authors> {
  const timeline = await call<Timeline>(`/leads/${leadId}/timeline`, { query: { limit: LOOK_BACK } }).catch(() => null)
  return timeline === null ? {} : authorsOf(timeline.entries, revision)
}

/** The same of entries that stand newest first. */
export function authorsOf(entries: Timeline['entries'], revision: number): Authors {
  const authors: Record<string, Author> = {}
  for (const entry of entries) {
    if (entry.revision <= revision) break
    for (const { field } of entry.changes) authors[field] ??= { who: actorWords(entry), at: entry.at }
  }
  return authors
}
