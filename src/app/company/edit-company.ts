import { type CompanyEdit, checkCompanyEdit } from '../../core/company-settings.ts'
import { refuse } from '../../core/errors.ts'
import {
  type CompanySettingsRow,
  knowsTimeZone,
  lockCompanySettings,
  saveCompanySettings,
} from '../../store/company-settings.ts'
import type { App } from '../app.ts'
import { orRefuse } from '../credentials/or-refuse.ts'
import { type CompanyView, toView } from './show-company.ts'

/**
 * Changes a company's settings, all or nothing, if they are still as the caller expects: judged under the row's lock, so
 * that of two who saw the same one is refused with `company.changed-meanwhile`. Follow-up times count from the next
 * report, offer or acceptance on: a lead keeps the time that it has. They act at once in this process and within five
 * seconds in every other.
 */
export async function editCompany(
  app: App,
  companyId: number,
  input: Readonly<Record<string, unknown>>,
  isExpected: (view: CompanyView) => boolean = () => true,
): Promise<CompanyView> {
  const edit = orRefuse(checkCompanyEdit(input))
  if (edit.timeZone !== undefined && !(await knowsTimeZone(app.db, edit.timeZone))) {
    refuse('field.invalid', '{timeZone} is not known to the store; choose another.', { field: 'timeZone' })
  }
  const saved = await app.db.transaction(async (tx) => {
    const before = await lockCompanySettings(tx, companyId)
    if (before === null) refuse('request.not-found', `There is no company ${companyId}.`)
    if (!isExpected(toView(before))) refuseChangedCompany()
    const after = merge(before, edit)
    await saveCompanySettings(tx, companyId, after)
    return after
  })
  app.followUps.forget(companyId)
  return toView(saved)
}

export function refuseChangedCompany(): never {
  refuse('company.changed-meanwhile', 'The settings were changed meanwhile; look at them as they are now.')
}

function merge(
  before: CompanySettingsRow,
  { form = {}, followUpHours = {}, ...edit }: CompanyEdit,
): CompanySettingsRow {
  return {
    ...before,
    ...edit,
    followUpHours: { ...before.followUpHours, ...followUpHours },
    formEnabled: form.enabled ?? before.formEnabled,
    formTitle: form.title ?? before.formTitle,
    formIntro: form.intro ?? before.formIntro,
    formThanks: form.thanks ?? before.formThanks,
    formCategories: form.categories ?? before.formCategories,
    formNotify: form.notify ?? before.formNotify,
  }
}
