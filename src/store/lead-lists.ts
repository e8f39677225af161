import { boardStageOf, STAGE_OF_STATUS } from '../core/lead/board-stage.ts'
import { type Lead, OFFER_ACTIONS, type OfferAction } from '../core/lead/lead.ts'
import type { BoardStage, LeadStatus } from '../core/lead/status-rules.ts'
import type { Db } from './database.ts'
import { LEAD_SELECT } from './lead-columns.ts'
import { readLeads } from './leads.ts'
import { areFewOfStatus } from './pipeline/rare-leads.ts'
import { findStageTotals } from './pipeline/stage-totals.ts'

/** What leads a list shows; null filters nothing. Deleted leads are in no list. */
export interface LeadFilter {
  readonly companyId: number
  readonly statuses: readonly LeadStatus[] | null
  readonly action: OfferAction | null
}

/** Newest first: the leads below `beforeId`, at most `limit`. */
export interface NewestSlice {
  readonly beforeId: number
  readonly limit: number
}

/** Cards at the stages of a filter that are read, all of them and out of one index, sooner than leads are walked. */
const CARDS_MAX = 5_000
/** Leads that a walk looks at one by one; behind them, what fits is too rare to be met by chance. */
const WALK_MAX = 2000

/**
 * Leads below `beforeId`, newest first. Where few stand at the stages of the filter they are found by their cards; where
 * many do, by walking as long as many of those fit.
 */
export async function listNewestLeads(db: Db, filter: LeadFilter, slice: NewestSlice): Promise<Lead[]> {
  if (filter.statuses === null && filter.action === null) return listAllNewestLeads(db, filter, slice)
  const few = await findFew(db, filter)
  if (few !== null) return findNewestLeadsByCard(db, filter, slice, few)
  const walked = await walkNewestLeads(db, filter, slice)
  const leads = walked.flatMap(({ fits, isLast, ...lead }) => (fits ? [lead] : []))
  const end = walked.find(({ isLast }) => isLast)
  const missing = slice.limit - leads.length
  if (missing === 0 || end === undefined) return leads
  return [...leads, ...(await findNewestLeadsByCard(db, filter, { beforeId: end.id, limit: missing }, 'stage'))]
}

function listAllNewestLeads(db: Db, { companyId }: LeadFilter, { beforeId, limit }: NewestSlice): Promise<Lead[]> {
  return readLeads(db, {
    name: 'list-newest-leads',
    text: `SELECT ${LEAD_SELECT} FROM lead WHERE company_id = $1 AND id < $2 AND deleted_at IS NULL
      ORDER BY id DESC LIMIT $3`,
    values: [companyId, beforeId, limit],
  })
}

/** What leaves few cards over, by an index of its own; null when nothing does. */
async function findFew(db: Db, { companyId, statuses, action }: LeadFilter): Promise<keyof typeof BY_CARD | null> {
  const stages = stagesOf(statuses, action)
  const totals = await findStageTotals(db, companyId)
  const standing = totals.filter(({ stage }) => stages.some((one) => one === stage))
  if (standing.reduce((sum, { leads }) => sum + leads, 0) <= CARDS_MAX) return 'stage'
  return statuses !== null && (await areFewOfStatus(db, companyId, statuses)) ? 'status' : null
}

/** Of the first `WALK_MAX` leads those that fit, and the last of them whether or not it fits. */
function walkNewestLeads(
  db: Db,
  { companyId, statuses, action }: LeadFilter,
  { beforeId, limit }: NewestSlice,
): Promise<(Lead & { readonly fits: boolean; readonly isLast: boolean })[]> {
  return db.query({
    name: 'walk-newest-leads',
    text: `SELECT * FROM (
        SELECT ${LEAD_SELECT}, row_number() OVER (ORDER BY lead.id DESC) = ${WALK_MAX} AS "isLast",
          deleted_at IS NULL AND ($3::text[] IS NULL OR status = ANY ($3)) AND ($4::text IS NULL OR action = $4) AS fits
        FROM lead WHERE company_id = $1 AND id < $2 ORDER BY lead.id DESC LIMIT ${WALK_MAX}
      ) AS walked
      WHERE fits OR "isLast" ORDER BY id DESC LIMIT $5`,
    values: [companyId, beforeId, statuses, action, limit],
  })
}

function byCardText(cards: string): string {
  return `SELECT fitting.* FROM (
      SELECT lead_id FROM (SELECT lead_id FROM lead_card WHERE company_id = $1 AND ${cards} OFFSET 0) AS card
      WHERE lead_id < $2
      UNION SELECT lead_id FROM outbox WHERE company_id = $1 AND lead_id < $2
      ORDER BY lead_id DESC
    ) AS candidate
    CROSS JOIN LATERAL (
      SELECT ${LEAD_SELECT} FROM lead
      WHERE company_id = $1 AND id = candidate.lead_id AND deleted_at IS NULL
        AND ($3::text[] IS NULL OR status = ANY ($3)) AND ($4::text IS NULL OR action = $4)
      LIMIT 1
    ) AS fitting
    ORDER BY candidate.lead_id DESC LIMIT $5`
}

const BY_CARD = {
  stage: byCardText('stage = ANY ($6::text[]) AND ($3::text[] IS NULL OR status = ANY ($3))'),
  // The revision is in no index, so that none that is far larger is taken because it would say all by itself; for the
  // same reason the place in the list is asked after.
  status: byCardText('status = ANY ($3::text[]) AND revision > 0'),
} as const

/**
 * The same by what the lists know of each lead. They follow the leads a little behind, but nothing is missed: a change
 * and its outbox row come in one transaction, and so do the end of the row and the new card. One statement sees the
 * store at one moment, at which a lead's card is up to date or its outbox row is there; the lead itself decides.
 */
function findNewestLeadsByCard(
  db: Db,
  { companyId, statuses, action }: LeadFilter,
  { beforeId, limit }: NewestSlice,
  by: keyof typeof BY_CARD,
): Promise<Lead[]> {
  const values = [companyId, beforeId, statuses, action, limit]
  return readLeads(db, {
    name: `find-newest-leads-by-${by}`,
    text: BY_CARD[by],
    values: by === 'stage' ? [...values, stagesOf(statuses, action)] : values,
  })
}

/** The stages that leads of these statuses and this action stand in. */
function stagesOf(statuses: readonly LeadStatus[] | null, action: OfferAction | null): BoardStage[] {
  const actions = action === null ? OFFER_ACTIONS : [action]
  const reached = statuses ?? STAGE_OF_STATUS.map(([status]) => status)
  return [...new Set(actions.flatMap((one) => reached.map((status) => boardStageOf({ action: one, status }))))]
}

/**
 * Leads after the place (`modifiedAt`, `id`) in the order of their last change, so that a poller can walk changes. Read
 * from the timeline, whose newest row of a lead has the lead's revision and time; see the note on indexes of `lead`. Each
 * lead by its key: a join would be taken to find nearly nothing, and the company's whole timeline be read first.
 */
export function listChangedLeads(
  db: Db,
  { companyId, statuses, action }: LeadFilter,
  { modifiedAt, id, limit }: { modifiedAt: string; id: number; limit: number },
): Promise<Lead[]> {
  return readLeads(db, {
    name: 'list-changed-leads',
    text: `SELECT changed.* FROM timeline
      CROSS JOIN LATERAL (
        SELECT ${LEAD_SELECT} FROM lead
        WHERE company_id = $1 AND id = timeline.lead_id AND revision = timeline.revision AND deleted_at IS NULL
          AND ($4::text[] IS NULL OR status = ANY ($4)) AND ($5::text IS NULL OR action = $5)
        LIMIT 1
      ) AS changed
      WHERE timeline.company_id = $1 AND (timeline.at, timeline.lead_id) > ($2::timestamptz, $3::bigint)
      ORDER BY timeline.at, timeline.lead_id LIMIT $6`,
    values: [companyId, modifiedAt, id, statuses, action, limit],
  })
}
