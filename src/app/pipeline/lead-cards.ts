import { boardStageOf, cardStageOf, DELETED_STAGE } from '../../core/lead/board-stage.ts'
import type { Lead } from '../../core/lead/lead.ts'
import { findLeads } from '../../store/leads.ts'
import type { CardFilter } from '../../store/pipeline/card-filter.ts'
import { findStandings, type StandingCard } from '../../store/pipeline/card-stages.ts'
import type { App } from '../app.ts'
import { nameAssignees } from '../leads/name-assignees.ts'

/** A lead as a list shows it. */
export interface LeadInList {
  readonly lead: Lead
  /** ISO instant since which it stands at its stage. */
  readonly stageSince: string
  readonly assigneeName: string | null
}

/**
 * The leads with these ids in their order, as they are now. One that has just left the stages that the list is of, or
 * was just deleted, is left out.
 *
 * @param known what their cards say, where that was read already
 */
export async function loadLeads(
  app: App,
  { companyId, stages }: Pick<CardFilter, 'companyId' | 'stages'>,
  ids: readonly number[],
  known?: readonly StandingCard[],
): Promise<LeadInList[]> {
  if (ids.length === 0) return []
  const [leads, standings] = await Promise.all([
    findLeads(
      app.db,
      ids.map((leadId) => ({ companyId, leadId })),
    ),
    known ?? findStandings(app.db, companyId, ids),
  ])
  const names = await nameAssignees(
    app,
    companyId,
    leads.map((lead) => lead.assigneeId),
  )
  const leadOf = new Map(leads.map((lead) => [lead.id, lead]))
  const standingOf = new Map(standings.map((standing) => [standing.id, standing]))
  return ids.flatMap((id) => {
    const lead = leadOf.get(id)
    if (lead === undefined || !stages.includes(cardStageOf(lead))) return []
    const assigneeName = lead.assigneeId === null ? null : (names.get(lead.assigneeId) ?? '')
    return [{ lead, stageSince: stageSince(lead, standingOf.get(id)), assigneeName }]
  })
}

/** What the card says, unless the lead has moved on since it was written. */
function stageSince(lead: Lead, standing: StandingCard | undefined): string {
  if (standing !== undefined && [boardStageOf(lead), DELETED_STAGE].includes(standing.stage)) return standing.since
  return lead.statusAt ?? lead.actionAt ?? lead.createdAt
}
