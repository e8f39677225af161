import { useState } from 'react'
import { ApiProblem } from '../../../api/client.ts'
import { type CompanySettings, companyQuery } from '../../../api/queries/company.ts'
import { queryClient } from '../../../api/query-client.ts'
import { toastDone } from '../../../ui/toast.tsx'
import { type CompanyEdit, saveCompany } from '../queries.ts'
import { type SettingsForm, type SettingsFormOptions, useSettingsForm } from './use-settings-form.ts'

const CHANGED =
  'Somebody else changed these settings meanwhile; they are shown as they are now, so make your change again.'

interface Options<V> extends Omit<SettingsFormOptions<V>, 'save' | 'initialValues'> {
  readonly company: CompanySettings
  /** The settings that the form shows. */
  readonly valuesOf: (company: CompanySettings) => V
  readonly editOf: (values: V) => CompanyEdit
  /** Said once it is saved. */
  readonly done: string
}

/** A form over some of the company's settings, which does not overwrite what somebody else set there meanwhile. */
export function useCompanyForm<V extends Record<string, unknown>>(options: Options<V>): SettingsForm<V> {
  const { company, valuesOf, editOf, done, ...input } = options
  // What the form was filled from: the query's own answer may be a later one.
  const [seen, setSeen] = useState(company)
  const settings = useSettingsForm<V>({
    ...input,
    initialValues: valuesOf(company),
    save: async (values) => {
      const saved = await saveUnlessChanged(editOf(values), seen, valuesOf)
      setSeen(saved.company)
      settings.form.setInitialValues(valuesOf(saved.company))
      settings.form.reset()
      if (saved.isChanged) throw new Error(CHANGED)
      toastDone(done)
    },
  })
  return settings
}

interface Saved {
  readonly company: CompanySettings
  /** True when nothing was saved, as somebody else had changed what the form shows. */
  readonly isChanged: boolean
}

/** A change of settings that stand elsewhere is in nobody's way: the save is sent again on top of it. */
async function saveUnlessChanged(
  edit: CompanyEdit,
  seen: CompanySettings,
  valuesOf: (company: CompanySettings) => unknown,
): Promise<Saved> {
  try {
    return { company: await saveCompany(edit, seen.tag), isChanged: false }
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 412) throw error
    const company = await queryClient.fetchQuery({ ...companyQuery, staleTime: 0 })
    const isSame = JSON.stringify(valuesOf(company)) === JSON.stringify(valuesOf(seen))
    return isSame ? saveUnlessChanged(edit, company, valuesOf) : { company, isChanged: true }
  }
}
