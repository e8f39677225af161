import { type CompanySettings, companyQuery } from '../../../api/queries/company.ts'
import { queryClient } from '../../../api/query-client.ts'
import { toastDone } from '../../../ui/toast.tsx'
import { type CompanyEdit, saveCompany } from '../queries.ts'
import type { SettingsFormOptions } from './use-settings-form.ts'
import { type SharedForm, useSharedForm } from './use-shared-form.ts'

interface Options<V> extends Omit<SettingsFormOptions<V>, 'save' | 'initialValues'> {
  readonly company: CompanySettings
  /** The settings that the form shows. */
  readonly valuesOf: (company: CompanySettings) => V
  readonly editOf: (values: V) => CompanyEdit
  /** Said once it is saved. */
  readonly done: string
}

/** A form over some of the company's settings, which does not overwrite unasked what somebody else set there meanwhile. */
export function useCompanyForm<V extends Record<string, unknown>>(options: Options<V>): SharedForm<V> {
  const { company, done, ...input } = options
  return useSharedForm<CompanySettings, V, CompanyEdit>({
    ...input,
    found: company,
    save: (edit, { tag }) => saveCompany(edit, tag),
    look: lookAtCompany,
    onSaved: () => toastDone(done),
  })
}

/** The settings as they are now. */
export function lookAtCompany(): Promise<CompanySettings> {
  return queryClient.fetchQuery({ ...companyQuery, staleTime: 0 })
}
