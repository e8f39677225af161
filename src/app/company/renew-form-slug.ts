import { randomBytes } from 'node:crypto'
import { refuse } from '../../core/errors.ts'
import { lockCompanySettings, saveFormSlug } from '../../store/company-settings.ts'
import type { App } from '../app.ts'
import { refuseChangedCompany } from './edit-company.ts'
import { type CompanyView, toView } from './show-company.ts'

const SLUG_BYTES = 8

/**
 * Moves the public form to a new address; the old one leads nowhere. Only if the settings are still as the caller expects,
 * as `editCompany` judges it.
 */
export function renewFormSlug(
  app: App,
  companyId: number,
  isExpected: (view: CompanyView) => boolean = () => true,
): Promise<CompanyView> {
  const formSlug = randomBytes(SLUG_BYTES).toString('hex')
  return app.db.transaction(async (tx) => {
    const before = await lockCompanySettings(tx, companyId)
    if (before === null) refuse('request.not-found', `There is no company ${companyId}.`)
    if (!isExpected(toView(before))) refuseChangedCompany()
    await saveFormSlug(tx, companyId, formSlug)
    return toView({ ...before, formSlug })
  })
}
