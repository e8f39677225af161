import { refuse } from '../../core/errors.ts'
import { followUpTimes, STATUSES, takesFollowUp } from '../../core/lead/follow-ups.ts'
import { type CompanySettingsRow, findCompanySettings } from '../../store/company-settings.ts'
import type { App } from '../app.ts'

/** A company's settings as the portal shows them. */
export interface CompanyView {
  readonly id: number
  readonly name: string
  readonly currency: string
  readonly timeZone: string
  readonly offerAnswerHours: number | null
  /** In force for each status that something can follow. */
  readonly followUpHours: Readonly<Record<string, number | null>>
  readonly categories: readonly string[]
  readonly types: readonly string[]
  readonly stages: readonly string[]
  readonly sources: readonly string[]
  readonly form: {
    readonly enabled: boolean
    readonly slug: string
    readonly title: string
    readonly intro: string
    readonly thanks: string
    readonly categories: readonly string[]
    readonly notify: boolean
  }
}

export async function showCompany(app: App, companyId: number): Promise<CompanyView> {
  const row = await findCompanySettings(app.db, companyId)
  if (row === null) refuse('request.not-found', `There is no company ${companyId}.`)
  return toView(row)
}

export function toView(row: CompanySettingsRow): CompanyView {
  const { byStatus } = followUpTimes(row.offerAnswerHours, row.followUpHours)
  const { id, name, currency, timeZone, offerAnswerHours, categories, types, stages, sources } = row
  return {
    id,
    name,
    currency,
    timeZone,
    offerAnswerHours,
    followUpHours: Object.fromEntries(
      STATUSES.filter(takesFollowUp).map((status) => [status, byStatus[status]] as const),
    ),
    categories,
    types,
    stages,
    sources,
    form: {
      enabled: row.formEnabled,
      slug: row.formSlug,
      title: row.formTitle,
      intro: row.formIntro,
      thanks: row.formThanks,
      categories: row.formCategories,
      notify: row.formNotify,
    },
  }
}
