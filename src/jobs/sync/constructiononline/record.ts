import { renderText } from '../../../core/errors.ts'
import { checkProperty } from '../../../core/lead/properties.ts'
import type { Outcome } from '../../../core/lead/status-rules.ts'
import type { SyncFields, SyncValue } from '../../../core/sync/shape.ts'
import { moneyToNumber } from '../../../lib/decimal.ts'
import { readInstant } from '../../../lib/instant.ts'
import { fail, ok, type Result } from '../../../lib/result.ts'
import type { UpstreamLead } from '../connector.ts'
import {
  outcomeOfName,
  PROPERTY_FIELDS,
  PROPERTY_NAMES,
  type PropertyField,
  STATUS_NAMES,
  STATUS_PROPERTY,
} from './properties.ts'

type Members = Readonly<Record<string, unknown>>
/** A lead as read; whether it is settled only the answer's clock can tell. */
export type ReadLead = Omit<UpstreamLead, 'isSettled'>

/** Reads a record of the service; `text` is its JSON, for digits that a number of JavaScript loses. */
export function readRecord(item: unknown, text: string): Result<ReadLead, string> {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return fail('A lead is not a JSON object.')
  const members = item as Members
  const id = readId(members['ID'], text)
  if (id === null) return fail('A lead has no ID that is a number.')
  const fields: Record<string, SyncValue> = {}
  const unreadable: Record<string, string> = {}
  for (const field of PROPERTY_FIELDS) {
    const value = propertyValue(members, field)
    if (value === undefined) continue
    const read = readValue(field, value)
    fields[field] = read.ok ? read.value : shownRaw(value)
    if (!read.ok) unreadable[field] = read.fault
  }
  if (members[STATUS_PROPERTY] !== undefined) fields['status'] = outcomeOfName(members[STATUS_PROPERTY])
  const modified = members['LMOD']
  const modifiedAt = typeof modified === 'string' ? readInstant(modified.trim()) : null
  return ok({ id, fields, unreadable, modifiedAt, revision: null })
}

const ID_DIGITS_MAX = 30

function readId(value: unknown, text: string): string | null {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value)
  const digits = typeof value === 'number' ? idInText(text) : typeof value === 'string' ? value.trim() : ''
  return /^\d+$/.test(digits) && digits.length <= ID_DIGITS_MAX ? digits : null
}

/** The digits of ID as they were sent. */
function idInText(text: string): string {
  let digits = ''
  JSON.parse(text, (key: string, value: unknown, context?: { readonly source?: string }) => {
    if (key === 'ID' && typeof value === 'number') digits = context?.source ?? ''
    return value
  })
  return digits
}

function propertyValue(members: Members, field: PropertyField): unknown {
  const values = PROPERTY_NAMES[field].map((name) => members[name]).filter((value) => value !== undefined)
  // Of two spellings the one that says something.
  return values.find((value) => value !== null) ?? values[0]
}

/** As our own face reads it, so that what only looks different is none: numbers for texts, texts for numbers, blanks. */
function readValue(field: PropertyField, value: unknown): Result<SyncValue, string> {
  const isTextNumber = typeof value === 'number' && Number.isSafeInteger(value) && !isNumeric(field)
  const read = checkProperty(field, isTextNumber ? String(value) : value)
  return read.ok ? read : fail(renderText(read.fault.text, (name) => name))
}

function isNumeric(field: PropertyField): boolean {
  return field === 'quality' || field === 'value'
}

const RAW_LENGTH_MAX = 20_000

function shownRaw(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  // Neither a NUL character nor half a surrogate pair can be kept.
  return text.slice(0, RAW_LENGTH_MAX).replaceAll('\u0000', '\uFFFD').toWellFormed()
}

/** The JSON text of some fields, always in the same order: the same values are the same bytes. */
export function writeRecord(fields: SyncFields): string {
  const record: Record<string, unknown> = {}
  for (const field of PROPERTY_FIELDS) {
    const value = fields[field]
    if (value === undefined) continue
    record[PROPERTY_NAMES[field][0]] = field === 'value' && value !== null ? moneyToNumber(String(value)) : value
  }
  // A value of this shape's status is an outcome.
  if (fields['status'] !== undefined) record[STATUS_PROPERTY] = STATUS_NAMES[fields['status'] as Outcome]
  return JSON.stringify(record)
}
