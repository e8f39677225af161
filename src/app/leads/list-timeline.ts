import { refuse } from '../../core/errors.ts'
import { visibleChanges } from '../../core/lead/visible.ts'
import { decodeCursor, encodeCursor } from '../../lib/cursor.ts'
import { listTimeline as selectTimeline, type TimelineEntry } from '../../store/timeline.ts'
import type { App, Principal } from '../app.ts'
import { getAnyLead } from './get-lead.ts'
import { nameAssignees } from './name-assignees.ts'
import { assigneesOf } from './show-lead.ts'

export interface TimelinePage {
  readonly entries: readonly TimelineEntry[]
  /** Names of the users to whom the lead was given or from whom it was taken. */
  readonly names: ReadonlyMap<number, string>
  /** Where the next page begins; null on the last one. */
  readonly nextCursor: string | null
}

/** What happened to a lead, newest first; deleted leads included. Shows nothing of a customer who is not yet shown. */
export async function listTimeline(
  app: App,
  caller: Principal,
  { leadId, cursor, limit }: { leadId: number; cursor: string | null; limit: number },
): Promise<TimelinePage> {
  const lead = await getAnyLead(app, caller, leadId)
  const beforeRevision = cursor === null ? lead.revision + 1 : placeOf(leadId, cursor)
  const key = { companyId: caller.companyId, leadId }
  // One more than the page shows whether another page follows, without counting.
  const found = await selectTimeline(app.db, key, { beforeRevision, limit: limit + 1 })
  const entries = found.slice(0, limit).map((entry) => ({ ...entry, changes: visibleChanges(lead, entry.changes) }))
  const last = entries.at(-1)
  const isMore = found.length > limit && last !== undefined
  return {
    entries,
    names: await nameAssignees(
      app,
      caller.companyId,
      entries.flatMap(({ changes }) => assigneesOf(changes)),
    ),
    nextCursor: isMore ? encodeCursor({ leadId }, [last.revision]) : null,
  }
}

function placeOf(leadId: number, cursor: string): number {
  const [revision, ...rest] = decodeCursor({ leadId }, cursor) ?? []
  // A revision is PostgreSQL's integer; a made-up cursor must not be more.
  if (typeof revision === 'number' && Number.isInteger(revision) && Math.abs(revision) < 2 ** 31 && rest.length === 0) {
    return revision
  }
  return refuse('request.parameter-invalid', 'cursor is not one that this timeline gave.')
}
