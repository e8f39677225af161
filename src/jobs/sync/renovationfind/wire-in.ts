import { OFFER_ACTIONS, type OfferAction } from '../../../core/lead/lead.ts'
import { checkLeadEdit, DETAILS_LENGTH_MAX } from '../../../core/lead/lead-edit.ts'
import { EDITABLE_FIELDS, type EditableField } from '../../../core/lead/properties.ts'
import { checkStatusReport } from '../../../core/lead/status-report.ts'
import { allowedFields, FIRST_STATUS, isReportStatus } from '../../../core/lead/status-rules.ts'
import { answerValue, NOTHING_REPORTED, reportValue } from '../../../core/sync/renovationfind-values.ts'
import type { SyncValue } from '../../../core/sync/shape.ts'
import type { LinkedLead } from '../connector.ts'
import { REPORT_WIRE_NAMES } from './wire-out.ts'

type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * The detail object (its names are the sample's, the kinds of its values likely and no more) as what it brings in.
 * null when it is of another lead, or none at all. What is not as expected is left out, as no two releases of a service
 * need to fill every field alike.
 */
export function readDetail(detail: unknown, upstreamId: string): LinkedLead | null {
  if (!isObject(detail)) return null
  const { id } = detail
  // Beyond 2^53 the digits of a number are lost on the way; the path said which lead it is.
  if (id !== undefined && String(id) !== upstreamId && !(typeof id === 'number' && !Number.isSafeInteger(id)))
    return null
  return {
    id: upstreamId,
    fields: { action: readAnswer(detail), status: readReport(detail) },
    unreadable: {},
    modifiedAt: readInstant(detail['dateModified']),
    revision: readRevision(detail['revision']),
    isSettled: true,
    details: readDetails(detail),
  }
}

/**
 * A lead of a list of changes, or read to be compared. What is not understood is not taken for nothing: an answer of
 * another word is left out with the report, and a report that our rules do not know is kept as one of those. null when it
 * is no lead with an id and a revision.
 */
export function readChanged(detail: unknown): LinkedLead | null {
  if (!isObject(detail)) return null
  const { id } = detail
  const isId = typeof id === 'string' ? /^\d+$/.test(id) : Number.isSafeInteger(id)
  const lead = isId ? readDetail(detail, String(id)) : null
  if (lead === null || lead.revision === null) return null
  if (!OFFER_ACTIONS.some((known) => known === detail['vendorLeadAction'])) return { ...lead, fields: {} }
  const status = statusOf(detail)
  if (status === FIRST_STATUS || lead.fields['status'] !== NOTHING_REPORTED) return lead
  const odd = { ...lead.fields, status: { status: textOf(status, ODD_LENGTH_MAX) } }
  return { ...lead, fields: odd, unreadable: { status: 'Its status report is none that could be made here.' } }
}

const ODD_LENGTH_MAX = 100

/** The lead that a refusal shows beside its words; null where it shows none of which the answer to the offer is known. */
export function readRefusal(answer: JsonObject | undefined, upstreamId: string): LinkedLead | null {
  const detail = answer?.['data']
  if (!isObject(detail) || !OFFER_ACTIONS.some((known) => known === detail['vendorLeadAction'])) return null
  return readDetail(detail, upstreamId)
}

function readAnswer(detail: JsonObject): SyncValue {
  const action = OFFER_ACTIONS.find((known) => known === detail['vendorLeadAction']) ?? ('NONE' satisfies OfferAction)
  return answerValue({ action, declineReason: textOf(detail['declineReason'], 500) })
}

function statusData(detail: JsonObject): JsonObject {
  return isObject(detail['postLeadStatusData']) ? detail['postLeadStatusData'] : {}
}

function statusOf(detail: JsonObject): unknown {
  return statusData(detail)['status'] ?? detail['postLeadStatus']
}

/** The last report; one that our rules do not know, or that lacks what they require, counts as none. */
function readReport(detail: JsonObject): SyncValue {
  const data = statusData(detail)
  const status = statusOf(detail)
  if (!isReportStatus(status)) return NOTHING_REPORTED
  const wire: JsonObject = { ...data, status, meetingScheduledDate: data['meetupScheduledDate'] }
  const input: Record<string, unknown> = { status }
  for (const field of allowedFields(status)) {
    const value = wire[REPORT_WIRE_NAMES[field]]
    input[field] = field.endsWith('Date') && typeof value === 'string' ? value.slice(0, 10) : value
  }
  const report = checkStatusReport(input)
  return report.ok ? reportValue(report.value) : NOTHING_REPORTED
}

/** Wire names (sample) of what is taken over once, by core name. */
const DETAILS = {
  displayName: 'customerName',
  email: 'customerEmail',
  phone: 'customerPhone',
  address: 'customerAddress',
  category: 'category',
  originalDescription: 'originalJobDescription',
  projectDetailsHtml: 'projectDetailsHtml',
  openedDate: 'dateCreated',
} as const

function readDetails(detail: JsonObject): LinkedLead['details'] {
  const details: Record<string, string | number | null> = {}
  for (const [field, wire] of Object.entries(DETAILS)) {
    const lengthMax = lengthMaxOf(field as keyof typeof DETAILS)
    const text = textOf(detail[wire], lengthMax)
    if (text === null) continue
    const checked = checkLeadEdit({ [field]: field === 'openedDate' ? text.slice(0, 10) : text })
    if (checked.ok) Object.assign(details, checked.value)
  }
  return details
}

function lengthMaxOf(field: keyof typeof DETAILS): number {
  if (field === 'projectDetailsHtml') return DETAILS_LENGTH_MAX
  const rule = EDITABLE_FIELDS[field satisfies EditableField]
  return rule.kind === 'text' ? rule.lengthMax : DETAILS_LENGTH_MAX
}

/** A text that can be stored, cut to its length; null for anything else and for a blank one. */
function textOf(value: unknown, lengthMax: number): string | null {
  if (typeof value !== 'string') return null
  const text = value.toWellFormed().replaceAll('\u0000', '').trim()
  // Two UTF-16 units a character at most.
  const cut = text.length <= lengthMax ? text : [...text.slice(0, lengthMax * 2)].slice(0, lengthMax).join('').trim()
  return cut === '' ? null : cut.toWellFormed()
}

function readRevision(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value < REVISION_LIMIT ? value : null
}

/** Of what the store counts revisions with. */
const REVISION_LIMIT = 2 ** 31

function readInstant(value: unknown): string | null {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(ms) ? null : new Date(ms).toISOString()
}
