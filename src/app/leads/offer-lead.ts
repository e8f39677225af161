import { RefusalError, refuse } from '../../core/errors.ts'
import type { Actor } from '../../core/lead/events.ts'
import type { Lead } from '../../core/lead/lead.ts'
import { offerLead as decideOffer } from '../../core/lead/new-lead.ts'
import { checkProperty, EDITABLE_FIELDS, type EditableField, type PropertyChanges } from '../../core/lead/properties.ts'
import { readText } from '../../core/lead/status-report.ts'
import { companyExists } from '../../store/companies.ts'
import type { App } from '../app.ts'
import { writeLead } from './write-lead.ts'

const HTML_LENGTH_MAX = 100_000
const OPERATOR: Actor = { kind: 'operator', id: 'cli', name: 'operator', face: 'cli' }

export interface Offer {
  readonly companyId: number
  /** Editable fields by core name, and `projectDetailsHtml`; absent ones stay empty. */
  readonly fields: Readonly<Partial<Record<EditableField | 'projectDetailsHtml', unknown>>>
  readonly sourceReference?: string
}

/** Offers a lead to a company, which then accepts or declines it. Resolves to the new lead. */
export async function offerLead(app: App, offer: Offer, actor: Actor = OPERATOR): Promise<Lead> {
  const { companyId, sourceReference } = offer
  const { projectDetailsHtml, ...properties } = offer.fields
  const checked = checkFields(properties)
  const html = readText('projectDetailsHtml', HTML_LENGTH_MAX, projectDetailsHtml ?? '')
  if (!html.ok) throw new RefusalError(html.fault)
  if (!(await companyExists(app.db, companyId))) refuse('request.not-found', `There is no company ${companyId}.`)
  const origin = { companyId, source: 'renovationfind', sourceReference: sourceReference ?? null } as const
  const decide = decideOffer(origin, checked, html.value)
  const written = await writeLead(app, { companyId, actor }, { kind: 'new', decide }, {})
  if (written.kind !== 'lead') throw new Error('An offer has no Idempotency-Key to be replayed by.')
  return written.lead
}

function checkFields(fields: Readonly<Record<string, unknown>>): PropertyChanges {
  const checked: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(fields)) {
    if (!Object.hasOwn(EDITABLE_FIELDS, field)) refuse('field.unknown', `A lead has no field ${field}.`, { field })
    const read = checkProperty(field as EditableField, value ?? null)
    if (!read.ok) throw new RefusalError(read.fault)
    checked[field] = read.value
  }
  return checked as PropertyChanges
}
