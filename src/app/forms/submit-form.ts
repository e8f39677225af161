import type { Actor } from '../../core/lead/events.ts'
import { type LeadEdit, withDisplayName } from '../../core/lead/lead-edit.ts'
import { sha256 } from '../../lib/sha256.ts'
import type { LeadForm } from '../../store/lead-forms.ts'
import type { App } from '../app.ts'
import { createLead } from '../leads/create-lead.ts'
import { countClient } from './client-throttle.ts'
import { tellOffice } from './tell-office.ts'

/** Of one form, whoever sends. */
const FORM_LIMIT = { name: 'hour', seconds: 3600, limit: 200 } as const
const VISITOR: Actor = { kind: 'system', id: 'form', name: 'Lead form', face: 'form' }

export interface Submission {
  readonly form: LeadForm
  /** A checked one. */
  readonly edit: LeadEdit
  /** A good one: with the same content it stands for the same submission, however often it is sent. */
  readonly stamp: string
  readonly clientAddress: string
  /** Where links in mails lead; null where that is not set. */
  readonly site: string | null
}

/**
 * Makes a lead of what somebody sent through a company's form, and tells its admins. Refuses with `rate.exceeded` when the client, or the
 * form, sends too much.
 */
export async function submitForm(app: App, submission: Submission): Promise<void> {
  const { form, edit, stamp, clientAddress, site } = submission
  await countClient(app, form, clientAddress)
  const { companyId } = form
  const caller = { companyId, actor: VISITOR, charge: { subject: `form:${companyId}`, limits: [FORM_LIMIT] } }
  const requestHash = sha256(JSON.stringify([stamp, edit]))
  const idempotency = { key: requestHash.toString('hex'), requestHash, present: () => ({ status: 201, body: '' }) }
  const written = await createLead(
    app,
    caller,
    { source: 'form', properties: withDisplayName(edit), wish: null },
    { idempotency },
  )
  if (written.kind === 'lead') tellOffice(app, { form, lead: written.lead, site })
}
