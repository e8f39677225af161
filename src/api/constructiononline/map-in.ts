import type { Expectation } from '../../app/leads/write-lead.ts'
import { RefusalError, refusal, refuse, renderText } from '../../core/errors.ts'
import { checkProperty, type EditableField, type PropertyChanges } from '../../core/lead/properties.ts'
import type { OutcomeWish } from '../../core/lead/update-lead.ts'
import type { DecodedBody } from './decode-body.ts'
import { outcomeNamed, STATUS_NAMES } from './lead-status.ts'
import {
  type FieldProperty,
  findProperty,
  jsonKindOf,
  type Property,
  propertyNameOf,
  REQUIRED_PROPERTIES,
  type ReadOnlyProperty,
} from './properties.ts'

export interface UpdateInput {
  readonly changes: PropertyChanges
  readonly wish: OutcomeWish | null
  readonly expectations: readonly Expectation[]
}

export interface CreateInput {
  readonly properties: PropertyChanges
  readonly wish: OutcomeWish | null
}

/**
 * What a PUT wishes. Documented: only the properties sent change. Our choice: null or blank clears an optional one;
 * unknown properties are refused by name; read-only ones, and a blank for one that cannot be cleared, are accepted when
 * they repeat the record.
 */
export function mapUpdate(body: DecodedBody): UpdateInput {
  const changes = new Changes()
  const expectations: Expectation[] = []
  let wish: OutcomeWish | null = null
  for (const [property, value] of sentProperties(body)) {
    if (property.kind === 'status') wish = readWish(value)
    else if (property.kind === 'read-only') expectations.push(repeats(property, value))
    else if (property.required && isBlank(value)) expectations.push(emptyAlready(property))
    else changes.set(property, readField(property, value))
  }
  return { changes: changes.checked(), wish, expectations }
}

/** What a POST wishes. Documented: four properties are required, the others optional. */
export function mapCreate(body: DecodedBody): CreateInput {
  const properties = new Changes()
  let wish: OutcomeWish | null = null
  const sent = sentProperties(body)
  for (const property of REQUIRED_PROPERTIES) {
    if (isBlank(sent.get(property))) refuse('field.required', `${property.name} is required.`)
  }
  for (const [property, value] of sent) {
    if (property.kind === 'status') wish = readWish(value)
    else if (property.kind === 'read-only') throw new RefusalError(readOnly(property))
    else properties.set(property, readField(property, value))
  }
  return { properties: properties.checked(), wish }
}

/** Gathers checked values by field, so that two spellings of one property cannot contradict each other. */
class Changes {
  readonly #values = new Map<EditableField, { value: string | number | null; name: string }>()

  set({ field, name }: FieldProperty, value: string | number | null): void {
    const other = this.#values.get(field)
    if (other !== undefined && other.value !== value) {
      refuse('field.invalid', `${other.name} and ${name} are two spellings of one property and must not differ.`)
    }
    this.#values.set(field, { value, name })
  }

  checked(): PropertyChanges {
    // checkProperty gave each field a value of the type that its rule names.
    return Object.fromEntries([...this.#values].map(([field, { value }]) => [field, value])) as PropertyChanges
  }
}

function sentProperties(body: DecodedBody): ReadonlyMap<Property, unknown> {
  const sent = new Map<Property, unknown>()
  for (const [name, value] of Object.entries(membersOf(body))) {
    const property = findProperty(name)
    if (property === undefined) return refuse('field.unknown', `A lead has no property ${shown(name)}.`)
    if (sent.has(property)) refuse('body.invalid', `The body has the property ${property.name} twice.`)
    sent.set(property, value)
  }
  return sent
}

function membersOf(body: DecodedBody): Readonly<Record<string, unknown>> {
  switch (body.kind) {
    case 'empty':
      return {}
    case 'form':
      return body.fields
    case 'fault':
      return refuse('body.invalid', withoutMarks(body.message))
    case 'json': {
      const { value } = body
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        return refuse('body.invalid', 'The body must be one JSON object of properties.')
      }
      return value as Readonly<Record<string, unknown>>
    }
  }
}

const NAME_SHOWN_MAX = 40

function shown(name: string): string {
  const start = [...name.slice(0, 2 * NAME_SHOWN_MAX)].slice(0, NAME_SHOWN_MAX).join('')
  return withoutMarks(JSON.stringify(start.length < name.length ? `${start}…` : name))
}

/** Text from outside must not look like a mark that the renderer of refusals replaces. */
function withoutMarks(text: string): string {
  return text.replace(/\{(\w+)\}/g, '$1')
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}

function readField(property: FieldProperty, value: unknown): string | number | null {
  const kind = jsonKindOf(property)
  const read = checkProperty(property.field, kind === 'text' ? numberAsText(property, value) : value)
  if (read.ok) return read.value
  const { code, text } = read.fault
  // The spelling that was sent, which is not always the first one of the field.
  return refuse(
    code,
    renderText(text, (field) => (field === property.field ? property.name : propertyNameOf(field))),
  )
}

/** Our choice: a number sent for a text, such as ZIP 12345, is taken as its digits, unless some were already lost. */
function numberAsText({ name }: FieldProperty, value: unknown): unknown {
  if (typeof value !== 'number') return value
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER) {
    refuse('field.invalid', `${name} is too large for a number; send it as a text.`)
  }
  return String(value)
}

function readWish(value: unknown): OutcomeWish {
  const outcome = typeof value === 'string' ? outcomeNamed(value) : undefined
  if (outcome === undefined) {
    return refuse('field.invalid', `LEAD_STATUS must be one of ${Object.values(STATUS_NAMES).join(', ')}.`)
  }
  return { outcome, reasonFallback: `Set to ${STATUS_NAMES[outcome]} through ConstructionOnline.` }
}

function readOnly({ name }: Property) {
  return refusal('field.read-only', `${name} is read-only; leave it out or send it as it is.`)
}

function repeats(property: ReadOnlyProperty, value: unknown): Expectation {
  const isNumber = property.json === 'integer'
  return {
    holds: (lead) => {
      const current = property.read(lead)
      if (isBlank(value)) return current === null
      if (isNumber && typeof value === 'string') return /^\s*\d{1,15}\s*$/.test(value) && Number(value) === current
      return (typeof value === 'string' ? value.trim() : value) === current
    },
    refusal: readOnly(property),
  }
}

function emptyAlready(property: FieldProperty): Expectation {
  return {
    holds: (lead) => lead[property.field] === null,
    refusal: refusal('field.required', `${property.name} cannot be empty.`),
  }
}
