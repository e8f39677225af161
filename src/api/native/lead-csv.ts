import { stringify } from 'csv-stringify/sync'
import type { LeadExport } from '../../app/pipeline/export-leads.ts'
import type { LeadInList } from '../../app/pipeline/lead-cards.ts'
import { boardStageOf } from '../../core/lead/board-stage.ts'
import { type Lead, requiresAction } from '../../core/lead/lead.ts'
import { leadName, visibleCustomer } from '../../core/lead/visible.ts'

type Cell = string | number | null

/** What is needed beside the lead to fill a row. */
interface RowContext {
  readonly now: string
  readonly toLocal: (instant: string | null) => string | null
}

type Column = readonly [title: string, value: (row: LeadInList, context: RowContext) => Cell]

function customer(title: string, pick: (part: ReturnType<typeof visibleCustomer>) => string | null): Column {
  return [title, ({ lead }) => pick(visibleCustomer(lead))]
}

function field(title: string, pick: (lead: Lead) => Cell): Column {
  return [title, ({ lead }) => pick(lead)]
}

const COLUMNS: readonly Column[] = [
  field('Lead', (lead) => lead.id),
  field('Name', leadName),
  customer('First name', (part) => part.firstName),
  customer('Last name', (part) => part.lastName),
  customer('Company', (part) => part.customerCompany),
  customer('E-mail', (part) => part.email),
  customer('Phone', (part) => part.phone),
  customer('Mobile phone', (part) => part.mobilePhone),
  customer('Address', (part) => part.address),
  customer('City', (part) => part.city),
  customer('State', (part) => part.state),
  customer('Zip', (part) => part.zip),
  customer('Country', (part) => part.country),
  field('Category', (lead) => lead.category),
  field('Description', (lead) => lead.originalDescription),
  field('Stage', boardStageOf),
  ['In stage since', ({ stageSince }, { toLocal }) => toLocal(stageSince)],
  field('Status', (lead) => lead.status),
  field('Reason', (lead) => lead.reason ?? lead.declineReason),
  field('Lost reason', (lead) => lead.lostReason),
  field('Meeting date', (lead) => lead.meetingDate),
  field('Amount', (lead) => lead.jobAmount ?? lead.value),
  field('Start date', (lead) => lead.startDate),
  field('Completion date', (lead) => lead.completionDate),
  ['Assignee', ({ assigneeName }) => assigneeName],
  field('Next action', (lead) => lead.nextActionDate),
  ['Requires action', ({ lead }, { now }) => (requiresAction(lead, now) ? 'yes' : 'no')],
  field('Quality', (lead) => lead.quality),
  field('Type', (lead) => lead.type),
  field('Source', (lead) => lead.source),
  field('Source label', (lead) => lead.sourceLabel),
  field('Notes', (lead) => lead.notes),
  field('Attachments', (lead) => lead.attachments.length),
  ['Created', ({ lead }, { toLocal }) => toLocal(lead.createdAt)],
  ['Changed', ({ lead }, { toLocal }) => toLocal(lead.modifiedAt)],
]

/**
 * The text of a CSV file (RFC 4180, UTF-8 with its mark, so that spreadsheets read it), page by page. A text that a
 * spreadsheet would take for a formula gets an apostrophe in front. Times are the company's.
 */
export async function* csvText({ timeZone, pages }: LeadExport, now: string): AsyncGenerator<string, void, void> {
  const context: RowContext = { now, toLocal: localTimes(timeZone) }
  yield csv([COLUMNS.map(([title]) => title)], true)
  for await (const page of pages) {
    yield csv(
      page.map((row) => COLUMNS.map(([, value]) => value(row, context))),
      false,
    )
  }
}

function csv(records: readonly (readonly Cell[])[], bom: boolean): string {
  return stringify(
    records.map((record) => [...record]),
    { bom, record_delimiter: 'windows', escape_formulas: true },
  )
}

/** Writes instants as "2026-03-01 14:05" of a time zone. */
function localTimes(timeZone: string): (instant: string | null) => string | null {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return (instant) => (instant === null ? null : format.format(new Date(instant)))
}
