import type { Lead, LeadField } from '../core/lead/lead.ts'
import { jsonArray, plainArray, textArray } from '../lib/pg-array.ts'
import { copyJson, copyPlain, copyText } from '../lib/pg-copy.ts'
import { type Fields, instantFromText } from './database.ts'

/**
 * The lead's columns in one table: field of the record, column, array type for multi-row writes, and how often it
 * changes. `report` columns are what status reports touch, `offer` columns what answers to offers and attachments touch
 * besides; a change that stays among them is written by a narrower statement.
 */
export interface LeadColumn {
  readonly field: LeadField
  readonly column: string
  readonly type: 'bigint' | 'integer' | 'smallint' | 'text' | 'boolean' | 'date' | 'timestamptz' | 'numeric' | 'jsonb'
  readonly heat: 'key' | 'report' | 'offer' | 'cold'
}

const TYPES: { readonly [F in LeadField]?: LeadColumn['type'] } = {
  viewed: 'boolean',
  meetingDate: 'date',
  jobAmount: 'numeric',
  startDate: 'date',
  completionDate: 'date',
  startDateTbd: 'boolean',
  completionDateTbd: 'boolean',
  lastOpen: 'jsonb',
  quality: 'smallint',
  value: 'numeric',
  openedDate: 'date',
  assigneeId: 'bigint',
  nextActionDate: 'date',
  revision: 'integer',
  attachments: 'jsonb',
  actionAt: 'timestamptz',
  statusAt: 'timestamptz',
  actionDueAt: 'timestamptz',
  createdAt: 'timestamptz',
  modifiedAt: 'timestamptz',
  convertedAt: 'timestamptz',
  deletedAt: 'timestamptz',
  companyId: 'bigint',
  id: 'bigint',
}

const KEY = ['companyId', 'id'] as const satisfies readonly LeadField[]

const REPORT = [
  'revision',
  'modifiedAt',
  'status',
  'statusAt',
  'reason',
  'meetingDate',
  'jobAmount',
  'contactMethod',
  'estimateType',
  'lostReason',
  'startDate',
  'completionDate',
  'startDateTbd',
  'completionDateTbd',
  'lastOpen',
  'actionDueAt',
  'value',
  // ConstructionOnline's own sample changes quality and value together.
  'quality',
] as const satisfies readonly LeadField[]

const OFFER = ['action', 'actionAt', 'declineReason', 'viewed', 'attachments'] as const satisfies readonly LeadField[]

const COLD = [
  'firstName',
  'middleName',
  'lastName',
  'displayName',
  'customerCompany',
  'email',
  'phone',
  'mobilePhone',
  'mobileProvider',
  'fax',
  'address',
  'city',
  'state',
  'zip',
  'country',
  'website',
  'summary',
  'experience',
  'contactQuality',
  'contactRegion',
  'contactDivision',
  'contactOffice',
  'contactCategory',
  'contactTrade',
  'contactFieldId',
  'category',
  'originalDescription',
  'projectDetailsHtml',
  'source',
  'sourceReference',
  'type',
  'stage',
  'sourceLabel',
  'openedDate',
  'notes',
  'assigneeId',
  'nextActionDate',
  'createdAt',
  'convertedAt',
  'deletedAt',
] as const satisfies readonly LeadField[]

// A field of Lead that stands in none of these lists would never be stored: that must not compile.
type Listed = (typeof KEY)[number] | (typeof REPORT)[number] | (typeof OFFER)[number] | (typeof COLD)[number]
type Unlisted = Exclude<LeadField, Listed>
const everyFieldIsListed: [Unlisted] extends [never] ? true : Unlisted = true
void everyFieldIsListed

function columns(fields: readonly LeadField[], heat: LeadColumn['heat']): LeadColumn[] {
  return fields.map((field) => ({
    field,
    column: field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    type: TYPES[field] ?? 'text',
    heat,
  }))
}

export const LEAD_COLUMNS: readonly LeadColumn[] = [
  ...columns(KEY, 'key'),
  ...columns(REPORT, 'report'),
  ...columns(OFFER, 'offer'),
  ...columns(COLD, 'cold'),
]

/** The select list that makes a row of `lead` a core Lead: `company_id AS "companyId", …`. */
export const LEAD_SELECT = LEAD_COLUMNS.map(({ column, field }) => `lead.${column} AS "${field}"`).join(', ')

type FromText = (text: string) => unknown

const FROM_TEXT: { readonly [T in LeadColumn['type']]: FromText } = {
  bigint: Number,
  integer: Number,
  smallint: Number,
  boolean: (text) => text === 't',
  timestamptz: instantFromText,
  jsonb: (text) => JSON.parse(text) as unknown,
  text: (text) => text,
  date: (text) => text,
  numeric: (text) => text,
}

/*
 * The functions below are put together as source text from the table: V8 then knows the lead's layout in them, while one
 * loop over seventy names looks each one up again for every lead. Reading a lead takes a fifth of the time, and laying
 * leads out by columns half of it.
 */

const READERS = LEAD_COLUMNS.map(({ type }) => FROM_TEXT[type])
const FIELDS_TEXT = LEAD_COLUMNS.map(({ field }, i) => `${field}: text[${i}] === null ? null : read[${i}](text[${i}])`)
const MAKE_LEAD = new Function('text', 'read', `return { ${FIELDS_TEXT.join(', ')} }`)

/** A row of `LEAD_SELECT` as PostgreSQL prints it, as a core Lead. */
export function leadFromFields(fields: Fields): Lead {
  // The columns are all of the record's fields, which the check above LEAD_COLUMNS holds.
  return MAKE_LEAD(fields, READERS) as Lead
}

/** How far a change of these fields reaches: each level has the columns of those before it. */
export function reachOf(fields: readonly LeadField[]): 'report' | 'offer' | 'cold' {
  const heats = fields.map((field) => HEATS.get(field))
  if (heats.includes('cold')) return 'cold'
  return heats.includes('offer') ? 'offer' : 'report'
}

const HEATS: ReadonlyMap<LeadField, LeadColumn['heat']> = new Map(LEAD_COLUMNS.map(({ field, heat }) => [field, heat]))

/** Some columns of many leads as array literals, one a column, for a multi-row write. */
export function columnArrays(columns: readonly LeadColumn[]): (leads: readonly Lead[]) => string[] {
  const valuesOf = new Function('lead', `return [${columns.map(({ field }) => `lead.${field}`).join(', ')}]`)
  return (leads) => {
    const rows = leads.map((lead) => valuesOf(lead) as unknown[])
    return columns.map(({ type }, i) => arrayOf(type, rows, i))
  }
}

function arrayOf(type: LeadColumn['type'], rows: readonly (readonly unknown[])[], column: number): string {
  const values = rows.map((row) => row[column])
  if (type === 'jsonb') return jsonArray(values)
  // Every other field is a text, number, boolean or null: the two jsonb ones are the only structures of a lead.
  if (type === 'text') return textArray(values as (string | null)[])
  return plainArray(values as (string | number | boolean | null)[])
}

const COPIES = { text: copyText, jsonb: copyJson, plain: copyPlain } as const
const LINE_TEXT = LEAD_COLUMNS.map(({ field, type }) => {
  const kind = type === 'text' || type === 'jsonb' ? type : 'plain'
  return `copy.${kind}(lead.${field})`
})
const MAKE_LINE = new Function('lead', 'copy', `return ${LINE_TEXT.join(" + '\\t' + ")} + '\\n'`)

/** A lead's row of all `LEAD_COLUMNS` as the text format of COPY has it. */
export function copyLine(lead: Lead): string {
  return MAKE_LINE(lead, COPIES) as string
}
