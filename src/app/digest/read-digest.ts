import { BOARD_STAGES, type BoardStage } from '../../core/lead/status-rules.ts'
import { findStageTotals } from '../../store/pipeline/stage-totals.ts'
import { findLongestDue, findLongestOffered, findNextActions, type ListHead } from '../../store/pipeline/today.ts'
import type { App } from '../app.ts'
import { type LeadInList, loadLeads } from '../pipeline/lead-cards.ts'

/** The first leads of a list and how long it is, counted up to 1,000. */
export interface DigestList {
  readonly count: number
  readonly countIsExact: boolean
  readonly leads: readonly LeadInList[]
}

/** What a user of a company has to do today. */
export interface Digest {
  /** The user's own leads, the longest overdue first; without offers. */
  readonly requiresAction: DigestList
  /** The user's own leads whose next action is due today or was before. */
  readonly nextActions: DigestList
  /** Of the whole company, as anybody may answer them; the longest waiting first. */
  readonly offers: DigestList
}

const SIZE = { limit: 15, countMax: 1_000 }
const OFFERED: BoardStage = 'Offered'

/** @param day the date in the company's time zone */
export async function readDigest(
  app: App,
  { companyId, userId, day }: { readonly companyId: number; readonly userId: number; readonly day: string },
): Promise<Digest> {
  const now = app.clock().toISOString()
  const [due, nextActions, offered, totals] = await Promise.all([
    findLongestDue(app.db, { companyId, now, but: [OFFERED], assigneeId: userId }, SIZE),
    findNextActions(app.db, { companyId, today: day, assigneeId: userId }, SIZE),
    findLongestOffered(app.db, companyId, SIZE.limit),
    findStageTotals(app.db, companyId),
  ])
  const ids = [...new Set([...due.ids, ...nextActions.ids, ...offered])]
  const leads = await loadLeads(app, { companyId, stages: BOARD_STAGES }, ids)
  const leadOf = new Map(leads.map((one) => [one.lead.id, one]))
  const list = ({ ids, ...counted }: ListHead) => ({ ...counted, leads: ids.flatMap((id) => leadOf.get(id) ?? []) })
  const offers = totals.find(({ stage }) => stage === OFFERED)?.leads ?? 0
  return {
    requiresAction: list(due),
    nextActions: list(nextActions),
    offers: list({ ids: offered, count: offers, countIsExact: true }),
  }
}
