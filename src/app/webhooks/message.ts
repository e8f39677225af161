import type { Lead } from '../../core/lead/lead.ts'
import { visibleChanges } from '../../core/lead/visible.ts'
import { WEBHOOK_TEST } from '../../core/webhooks/events.ts'
import { isReport, leadAsOf } from '../../core/webhooks/lead-as-of.ts'
import { type MessageSubject, messageIdOf } from '../../core/webhooks/message-id.ts'
import { findLeads } from '../../store/leads.ts'
import {
  findReportInstants,
  type HistoryRow,
  type LeadRevision,
  listChangesFrom,
} from '../../store/webhooks/lead-history.ts'
import type { App } from '../app.ts'
import { nameAssignees } from '../leads/name-assignees.ts'
import { assigneesOf, type Names, showChanges, showLead } from '../leads/show-lead.ts'

/** What a message tells of. */
export interface Told extends MessageSubject {
  /** When it happened: ISO instant. */
  readonly at: string
}

export interface Message {
  /** The webhook-id. */
  readonly id: string
  /** JSON: the same bytes however often it is made, whatever has become of the lead since. */
  readonly body: string
}

export const MESSAGE_HEADERS = {
  'content-type': 'application/json',
  'user-agent': 'Leadwright (webhooks)',
} as const

/** Who brings about what nobody has done. */
const CLOCK = { face: 'system', actor: { kind: 'system', id: 'follow-up', name: 'Follow-up clock' } } as const
const TEST_DATA = { text: 'A test message of Leadwright. If you can read this, your receiver works.' }

/** One message, as it is sent; null when its lead is not there any more. */
export async function buildMessage(app: App, told: Told): Promise<Message | null> {
  const [message] = await buildMessages(app, told.companyId, [told])
  return message ?? null
}

/** Messages of one company in the order of what they tell, at the price of a few statements for all of them. */
export async function buildMessages(
  app: App,
  companyId: number,
  all: readonly Told[],
): Promise<readonly (Message | null)[]> {
  const past = await readPast(app, companyId, all)
  return all.map((told) => {
    if (told.event === WEBHOOK_TEST) return messageOf(told, TEST_DATA)
    const data = dataOf(told, past)
    return data === null ? null : messageOf(told, data)
  })
}

function messageOf(told: Told, data: unknown): Message {
  return { id: messageIdOf(told), body: JSON.stringify({ type: told.event, timestamp: told.at, data }) }
}

/** Leads as they are and what led there. */
interface Past {
  readonly leads: ReadonlyMap<number, Lead>
  readonly changes: ReadonlyMap<number, readonly HistoryRow[]>
  readonly reports: ReadonlyMap<string, string>
  readonly names: Names
}

async function readPast(app: App, companyId: number, all: readonly Told[]): Promise<Past> {
  const told = all.filter(({ event }) => event !== WEBHOOK_TEST)
  if (told.length === 0) return { leads: new Map(), changes: new Map(), reports: new Map(), names: new Map() }
  const first = new Map<number, number>()
  for (const { leadId, revision } of told) first.set(leadId, Math.min(revision, first.get(leadId) ?? revision))
  const keys = [...first].map(([leadId, revision]) => ({ leadId, revision }))
  // In this order: the changes then reach as far as the leads do, and what is later than a lead is passed over.
  const leads = new Map(
    (
      await findLeads(
        app.db,
        keys.map((key) => ({ companyId, ...key })),
      )
    ).map((lead) => [lead.id, lead]),
  )
  const rows = await listChangesFrom(app.db, companyId, keys)
  const changes = Map.groupBy(
    rows.filter(({ leadId, revision }) => revision <= (leads.get(leadId)?.revision ?? 0)),
    ({ leadId }) => leadId,
  )
  const reportedLater = told.filter((one) => laterOf(one, changes).some(isReport))
  const found = reportedLater.length === 0 ? [] : await findReportInstants(app.db, companyId, reportedLater)
  const users = [...leads.values()].map(({ assigneeId }) => assigneeId)
  const names = await nameAssignees(app, companyId, [...users, ...rows.flatMap((row) => assigneesOf(row.changes))])
  return { leads, changes, reports: new Map(found.map((one) => [keyOf(one), one.at])), names }
}

function laterOf({ leadId, revision }: LeadRevision, changes: Past['changes']): readonly HistoryRow[] {
  return (changes.get(leadId) ?? []).filter((change) => change.revision > revision)
}

function keyOf({ leadId, revision }: LeadRevision): string {
  return `${leadId}/${revision}`
}

/** The lead as the change left it, with the change and who made it; null when there is no such lead. */
function dataOf(told: Told, { leads, changes, reports, names }: Past): object | null {
  const lead = leads.get(told.leadId)
  if (lead === undefined) return null
  const change = changes.get(told.leadId)?.find(({ revision }) => revision === told.revision)
  // A lead that was loaded past the timeline has no such row; it then is as it is.
  if (change === undefined) return { ...showLead(lead, told.at, names), changes: [], ...CLOCK }
  const later = laterOf(told, changes)
  const then = leadAsOf(lead, change, { later, reportedAt: reports.get(keyOf(told)) ?? null })
  const shown = showLead(then, told.at, names)
  // The event tells what the clock says of a lead that has not changed.
  if (told.event !== change.event) return { ...shown, changes: [], ...CLOCK }
  const { face, kind, actorId, actorName } = change
  return {
    ...shown,
    changes: showChanges(visibleChanges(then, change.changes), names),
    face,
    actor: { kind, id: actorId, name: actorName },
  }
}
