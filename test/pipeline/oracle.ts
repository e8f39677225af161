import { type CardStage, CLOSED_STAGES, cardStageOf } from '../../src/core/lead/board-stage.ts'
import type { FieldChanges } from '../../src/core/lead/events.ts'
import type { Lead } from '../../src/core/lead/lead.ts'
import { BOARD_STAGES } from '../../src/core/lead/status-rules.ts'
import { leadName } from '../../src/core/lead/visible.ts'
import type { Db } from '../../src/store/database.ts'
import { LEAD_SELECT } from '../../src/store/lead-columns.ts'

interface HistoryRow {
  readonly leadId: number
  readonly revision: number
  readonly at: string
  readonly changes: FieldChanges
}

interface Move {
  readonly leadId: number
  readonly at: string
  readonly from: CardStage | null
  readonly to: CardStage
  readonly seconds: number | null
}

/** Everything that lists show of a company. */
export interface Lists {
  readonly cards: readonly object[]
  readonly entries: readonly object[]
  readonly totals: readonly object[]
}

/** What lists must show, worked out in plain steps from the leads and their timelines. */
export async function expectedLists(db: Db, companyId: number): Promise<Lists> {
  const values = [companyId]
  const leads = await db.query<Lead>({
    text: `SELECT ${LEAD_SELECT} FROM lead WHERE company_id = $1 ORDER BY id`,
    values,
  })
  const history = await db.query<HistoryRow>({
    text: `SELECT lead_id AS "leadId", revision, at, changes FROM timeline WHERE company_id = $1
      ORDER BY lead_id, revision`,
    values,
  })
  const moves = leads.flatMap((lead) => movesOf(history.filter(({ leadId }) => leadId === lead.id)))
  return {
    cards: leads.map((lead) => cardOf(lead, history, moves)),
    entries: leads.map(entryOf),
    totals: totalsOf(leads),
  }
}

function movesOf(history: readonly HistoryRow[]): Move[] {
  const moves: Move[] = []
  let state = { action: 'NONE', status: 'NO_RESPONSE', deletedAt: null } as Pick<
    Lead,
    'action' | 'status' | 'deletedAt'
  >
  for (const { leadId, at, changes } of history) {
    for (const field of ['action', 'status', 'deletedAt'] as const) {
      const change = changes[field]
      if (change !== undefined) state = { ...state, [field]: change.new }
    }
    const last = moves.at(-1)
    const to = cardStageOf(state)
    if (last?.to === to) continue
    const seconds = last === undefined ? null : (Date.parse(at) - Date.parse(last.at)) / 1000
    moves.push({ leadId, at, from: last?.to ?? null, to, seconds })
  }
  return moves
}

function bitOf(stage: CardStage): number {
  const place = (BOARD_STAGES as readonly CardStage[]).indexOf(stage)
  return place < 0 ? 0 : 2 ** place
}

/** The stays of a lead that came to an end, as its card keeps them: the latest 16. */
function staysOf(moves: readonly Move[]): number[] {
  const stays = moves.flatMap(({ from, seconds }) => {
    const place = (BOARD_STAGES as readonly (CardStage | null)[]).indexOf(from)
    if (place < 0 || seconds === null) return []
    const kept = Math.max(0, seconds)
    const halfMinutes = kept < 172_800 ? Math.floor(kept / 60) * 2 + 1 : Math.floor(kept / 3600) * 120 + 60
    return [halfMinutes * 16 + place]
  })
  return stays.slice(-16)
}

const UNREPORTED: ReadonlySet<CardStage> = new Set<CardStage>(['Offered', 'New', 'Declined', 'Deleted'])

function cardOf(lead: Lead, history: readonly HistoryRow[], moves: readonly Move[]): object {
  const mine = moves.filter(({ leadId }) => leadId === lead.id)
  const stage = cardStageOf(lead)
  const since = mine.at(-1)?.at ?? null
  const contact = mine.find(({ to }) => !UNREPORTED.has(to))
  const {
    id: leadId,
    revision,
    status,
    source,
    category,
    assigneeId,
    lostReason,
    quality,
    createdAt,
    actionDueAt,
  } = lead
  if (history.filter((row) => row.leadId === leadId).length !== revision) throw new Error('The timeline has gaps.')
  return {
    ...{ leadId, revision, stage, status, source, category, assigneeId, lostReason, quality, createdAt, actionDueAt },
    stageSince: since,
    amount: lead.jobAmount ?? lead.value,
    firstContactAt: contact?.at ?? null,
    stays: staysOf(mine),
    reached: mine.reduce((bits, { to }) => bits | bitOf(to), 0),
    closedAt: (CLOSED_STAGES as readonly CardStage[]).includes(stage) ? since : null,
  }
}

function entryOf(lead: Lead): object {
  const { id: leadId, category, assigneeId, nextActionDate } = lead
  const names = [lead.firstName, lead.middleName, lead.lastName].filter((name) => name !== null).join(' ')
  const words = [
    lead.displayName,
    names === lead.displayName ? null : names,
    lead.customerCompany,
    lead.email,
    lead.phone?.replace(/[^0-9]/g, '') ?? null,
    lead.mobilePhone?.replace(/[^0-9]/g, '') ?? null,
    lead.address,
    lead.city,
    lead.zip,
  ].filter((word) => word !== null && word !== '')
  const text = lead.action === 'ACCEPTED' ? words.join(' ').replace(/\s+/g, ' ').toLowerCase() : ''
  const sortName = leadName(lead).toLowerCase()
  return { leadId, sortName, text, category, assigneeId, nextActionDate, deleted: lead.deletedAt !== null }
}

function totalsOf(leads: readonly Lead[]): object[] {
  const totals = new Map<string, { leads: number; cents: number }>()
  for (const lead of leads) {
    const stage = cardStageOf(lead)
    const total = totals.get(stage) ?? { leads: 0, cents: 0 }
    const amount = lead.jobAmount ?? lead.value
    // Below 2^53 in these tests, so that cents are exact.
    totals.set(stage, {
      leads: total.leads + 1,
      cents: total.cents + (amount === null ? 0 : Number(amount.replace('.', ''))),
    })
  }
  return [...totals].sort(([a], [b]) => (a < b ? -1 : 1)).map(([stage, total]) => ({ stage, ...total }))
}

/** What the tables of the lists hold. */
export async function storedLists(db: Db, companyId: number): Promise<Lists> {
  const read = (text: string) => db.query<object>({ text, values: [companyId] })
  const [cards, entries, totals] = await Promise.all([
    read(`SELECT lead_id AS "leadId", revision, stage, status, source, category, assignee_id AS "assigneeId",
        lost_reason AS "lostReason", quality, created_at AS "createdAt", action_due_at AS "actionDueAt",
        stage_since AS "stageSince", amount, first_contact_at AS "firstContactAt", closed_at AS "closedAt", reached,
        array_to_json(coalesce(stays, '{}')) AS stays
      FROM lead_card WHERE company_id = $1 ORDER BY lead_id`),
    read(`SELECT lead_id AS "leadId", sort_name AS "sortName", text, category, assignee_id AS "assigneeId",
        next_action_date AS "nextActionDate", deleted
      FROM lead_search WHERE company_id = $1 ORDER BY lead_id`),
    read(`SELECT stage, leads, (amount * 100)::bigint AS cents FROM stage_total
      WHERE company_id = $1 AND (leads <> 0 OR amount <> 0) ORDER BY stage COLLATE "C"`),
  ])
  return { cards, entries, totals }
}
