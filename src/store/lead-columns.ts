import type { Lead, LeadField } from '../core/lead/lead.ts'
import { plainArray, textArray } from '../lib/pg-array.ts'
import { instantFromText } from './database.ts'

/**
 * The lead's columns in one table: field of the record, column, array type for multi-row writes, and how often it
 * changes. `hot` columns are what offers, reports and attachments touch; a change that stays among them is written by
 * the narrow statement.
 */
export interface LeadColumn {
  readonly field: LeadField
  readonly column: string
  readonly type: 'bigint' | 'integer' | 'smallint' | 'text' | 'boolean' | 'date' | 'timestamptz' | 'numeric' | 'jsonb'
  readonly heat: 'key' | 'hot' | 'cold'
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

const HOT = [
  'revision',
  'modifiedAt',
  'action',
  'actionAt',
  'declineReason',
  'viewed',
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
  'attachments',
] as const satisfies readonly LeadField[]

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

// A field of Lead that stands in none of the three lists would never be stored: that must not compile.
type Unlisted = Exclude<LeadField, (typeof KEY)[number] | (typeof HOT)[number] | (typeof COLD)[number]>
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
  ...columns(HOT, 'hot'),
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

const READERS = LEAD_COLUMNS.map(({ field, type }) => [field, FROM_TEXT[type]] as const)
/** Cloned for each row: filling an object that has its fields is several times as fast as giving it seventy. */
const BLANK = Object.fromEntries(LEAD_COLUMNS.map(({ field }) => [field, null]))

/** A row of `LEAD_SELECT` as PostgreSQL prints it, as a core Lead. */
export function leadFromFields(fields: readonly (string | null)[]): Lead {
  const lead: Record<string, unknown> = { ...BLANK }
  for (let i = 0; i < READERS.length; i += 1) {
    const reader = READERS[i]
    const text = fields[i]
    if (reader !== undefined && text !== null && text !== undefined) lead[reader[0]] = reader[1](text)
  }
  // The columns are all of the record's fields, which the check above LEAD_COLUMNS holds.
  return lead as unknown as Lead
}

/** True when a change leaves the narrow, often-written columns. */
export function touchesColdColumns(before: Lead, after: Lead): boolean {
  for (const field of COLD) {
    if (before[field] !== after[field]) return true
  }
  return false
}

/** One column of many leads as an array literal, for a multi-row write. */
export function columnArray(leads: readonly Lead[], { field, type }: LeadColumn): string {
  if (type === 'jsonb') return textArray(leads.map((lead) => jsonText(lead[field])))
  // Every other field is a text, number, boolean or null: the two jsonb ones are the only structures of a lead.
  const values = leads.map((lead) => lead[field] as string | number | boolean | null)
  return type === 'text' ? textArray(values as (string | null)[]) : plainArray(values)
}

function jsonText(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value)
}
