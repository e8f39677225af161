import { randomBytes } from 'node:crypto'
import { saveFormSlug } from '../../store/company-settings.ts'
import type { App } from '../app.ts'
import { type CompanyView, showCompany } from './show-company.ts'

const SLUG_BYTES = 8

/** Moves the public form to a new address; the old one leads nowhere. */
export async function renewFormSlug(app: App, companyId: number): Promise<CompanyView> {
  await saveFormSlug(app.db, companyId, randomBytes(SLUG_BYTES).toString('hex'))
  return showCompany(app, companyId)
}
