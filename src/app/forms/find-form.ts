import { refuse } from '../../core/errors.ts'
import { type LeadForm, findForm as selectForm } from '../../store/lead-forms.ts'
import type { App } from '../app.ts'

const SLUG = /^[A-Za-z0-9_-]{1,64}$/

/** A company's public form by its address; one that is switched off is as if it were not there. */
export async function findForm(app: App, slug: string): Promise<LeadForm> {
  const form = SLUG.test(slug) ? await selectForm(app.db, slug) : null
  return form ?? refuse('request.not-found', 'There is no such form.')
}
