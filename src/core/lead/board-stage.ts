import type { Lead } from './lead.ts'
import { type BoardStage, type LeadStatus, STATUS_RULES } from './status-rules.ts'

/** Where a deleted lead stands: in no column of the board. */
export const DELETED_STAGE = 'Deleted'
/** A place where a lead can be counted. */
export type CardStage = BoardStage | typeof DELETED_STAGE

/** The column of the board that the lead stands in, deleted or not: the offer first, then the status. */
export function boardStageOf({ action, status }: Pick<Lead, 'action' | 'status'>): BoardStage {
  if (action === 'NONE') return 'Offered'
  return action === 'DECLINED' ? 'Declined' : STATUS_RULES[status].stage
}

/** As `boardStageOf`, with deleted leads apart. */
export function cardStageOf(lead: Pick<Lead, 'action' | 'status' | 'deletedAt'>): CardStage {
  return lead.deletedAt === null ? boardStageOf(lead) : DELETED_STAGE
}

/** The stage of each status of an accepted lead. */
export const STAGE_OF_STATUS = Object.entries(STATUS_RULES).map(
  ([status, { stage }]) => [status as LeadStatus, stage] as const,
)

/**
 * Where leads of some statuses can stand, the likeliest first: an offer, answered with no or not at all, may have any of
 * them, but hardly ever has.
 */
export function stagesOfStatuses(statuses: readonly LeadStatus[]): ReadonlySet<BoardStage> {
  return new Set([...statuses.map((status) => STATUS_RULES[status].stage), 'Offered', 'Declined'])
}

/** The stages in which nothing more is to be won: those of a won or lost outcome. */
export const CLOSED_STAGES: readonly BoardStage[] = [
  ...new Set(
    Object.values(STATUS_RULES)
      .filter(({ outcome }) => outcome === 'won' || outcome === 'lost')
      .map(({ stage }) => stage),
  ),
]
