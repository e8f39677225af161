import { type Refusal, refusal } from '../../core/errors.ts'
import type { Actor } from '../../core/lead/events.ts'
import type { Lead } from '../../core/lead/lead.ts'
import { DETAILS_LENGTH_MAX } from '../../core/lead/lead-edit.ts'
import { offerLead as decide } from '../../core/lead/new-lead.ts'
import { checkProperty, EDITABLE_FIELDS, type EditableField, type PropertyChanges } from '../../core/lead/properties.ts'
import { readText } from '../../core/lead/status-report.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import type { IdempotencyKey } from '../../store/lead-writer/types.ts'
import type { App } from '../app.ts'
import { orRefuse } from '../credentials/or-refuse.ts'
import { requireCompany } from '../credentials/require-company.ts'
import { type Written, writeLead } from './write-lead.ts'

export type OfferField = EditableField | 'projectDetailsHtml'
export type OfferFields = { readonly [F in OfferField]?: unknown }

export interface Offer {
  readonly companyId: number
  readonly fields: OfferFields
  /** What the marketplace calls this lead. */
  readonly sourceReference?: string | undefined
  /** Who offers it; the operator at the command line when absent. */
  readonly actor?: Actor
}

const OPERATOR: Actor = { kind: 'operator', id: 'cli', name: 'operator', face: 'cli' }
const REFERENCE_LENGTH_MAX = 200
const NAMING_FIELDS = ['displayName', 'firstName', 'lastName', 'email', 'phone', 'mobilePhone'] as const

/**
 * An operator offers a lead to a company; resolves to it once it is on disk. Refuses an unknown company, a field that
 * is not right, and an offer that names nobody: without a name, an e-mail address and a phone number.
 */
export async function offerLead(app: App, offer: Offer): Promise<Lead> {
  const written = await offerLeadOnce(app, offer, undefined)
  if (written.kind === 'replayed') throw new Error('An offer without a key was answered from the store.')
  return written.lead
}

/** As `offerLead`; under a key, which is one of the company's, an offer made again gives the stored answer. */
export async function offerLeadOnce(app: App, offer: Offer, idempotency: IdempotencyKey | undefined): Promise<Written> {
  const { properties, details } = orRefuse(checkOffer(offer.fields))
  const reference = offer.sourceReference === undefined ? null : orRefuse(readReference(offer.sourceReference))
  const { id: companyId } = await requireCompany(app.db, offer.companyId)
  const origin = { companyId, source: 'renovationfind', sourceReference: reference } as const
  const times = await app.followUps.of(companyId)
  const target = { kind: 'new', decide: decide(origin, properties, details, times) } as const
  return writeLead(app, { companyId, actor: offer.actor ?? OPERATOR }, target, { idempotency })
}

interface CheckedOffer {
  readonly properties: PropertyChanges
  readonly details: string | null
}

/** Checks the fields of an offer without writing anything; the first fault is given. */
export function checkOffer(fields: OfferFields): Result<CheckedOffer, Refusal> {
  const properties: Record<string, string | number | null> = {}
  let details: string | null = null
  for (const [field, value] of Object.entries(fields)) {
    const checked = checkField(field, value)
    if (!checked.ok) return checked
    if (field === 'projectDetailsHtml') details = checked.value === null ? null : String(checked.value)
    else properties[field] = checked.value
  }
  if (NAMING_FIELDS.every((field) => (properties[field] ?? null) === null)) {
    return fail(refusal('field.required', 'An offer needs a name, an e-mail address or a phone number.'))
  }
  return ok({ properties, details })
}

function checkField(field: string, value: unknown): Result<string | number | null, Refusal> {
  if (value === undefined || value === null) return ok(null)
  if (field === 'projectDetailsHtml') return readText(field, DETAILS_LENGTH_MAX, value)
  if (isEditable(field)) return checkProperty(field, value)
  return fail(refusal('field.unknown', `{${field}} is not a field of an offer.`, { field }))
}

function isEditable(field: string): field is EditableField {
  return Object.hasOwn(EDITABLE_FIELDS, field)
}

function readReference(value: string): Result<string | null, Refusal> {
  return readText('sourceReference', REFERENCE_LENGTH_MAX, value)
}
