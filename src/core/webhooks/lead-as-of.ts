import type { FieldChanges } from '../lead/events.ts'
import type { Lead } from '../lead/lead.ts'

/** What the timeline keeps of one change. */
export interface PastChange {
  readonly revision: number
  readonly at: string
  readonly event: string
  readonly changes: FieldChanges
  /** When the office owed its step after the change. */
  readonly actionDueAt: string | null
}

/** The instant of a report is no news of its own, so it is told by the change that brought it. */
export function isReport({ event, changes }: Pick<PastChange, 'event' | 'changes'>): boolean {
  return event === 'lead.status_changed' || changes['status'] !== undefined
}

/**
 * The lead as one of its changes left it: the lead as it is, with the changes behind that one undone, the last first.
 * `reportedAt` is when its status was reported last up to that change; it is asked for only when a later change brought
 * a report. The progress of the last open status, which nobody is shown, is not known.
 */
export function leadAsOf(
  lead: Lead,
  change: PastChange,
  { later, reportedAt }: { readonly later: readonly PastChange[]; readonly reportedAt: string | null },
): Lead {
  if (change.revision >= lead.revision) return lead
  const undone = [...later].sort((a, b) => b.revision - a.revision)
  const values: Record<string, unknown> = { ...lead }
  for (const { changes } of undone) {
    for (const [field, { old }] of Object.entries(changes)) if (field in values) values[field] = old
  }
  return {
    // Every field stands in it, with a value that the lead once had.
    ...(values as unknown as Lead),
    revision: change.revision,
    modifiedAt: change.at,
    actionDueAt: change.actionDueAt,
    statusAt: later.some(isReport) ? reportedAt : lead.statusAt,
    lastOpen: null,
  }
}
