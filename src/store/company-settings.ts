import type { LeadStatus } from '../core/lead/status-rules.ts'
import type { Db, Tx } from './database.ts'
import { sqlStateOf } from './faults.ts'

const INVALID_PARAMETER = '22023'

export interface FollowUpRow {
  readonly offerAnswerHours: number | null
  /** Only what the company has set itself. */
  readonly followUpHours: { readonly [S in LeadStatus]?: number | null }
}

export async function findFollowUps(db: Db, companyId: number): Promise<FollowUpRow | null> {
  const [row] = await db.query<FollowUpRow>({
    name: 'find-follow-ups',
    text: `SELECT offer_answer_hours AS "offerAnswerHours", follow_up_hours AS "followUpHours"
      FROM company WHERE id = $1`,
    values: [companyId],
  })
  return row ?? null
}

/** What a company has set, as its row. */
export interface CompanySettings extends FollowUpRow {
  readonly name: string
  readonly currency: string
  readonly timeZone: string
  readonly categories: readonly string[]
  readonly types: readonly string[]
  readonly stages: readonly string[]
  readonly sources: readonly string[]
  readonly formEnabled: boolean
  readonly formTitle: string
  readonly formIntro: string
  readonly formThanks: string
  readonly formCategories: readonly string[]
  readonly formNotify: boolean
}

export interface CompanySettingsRow extends CompanySettings {
  readonly id: number
  readonly formSlug: string
}

const COLUMNS = `id, name, currency, time_zone AS "timeZone", offer_answer_hours AS "offerAnswerHours",
  follow_up_hours AS "followUpHours", categories, types, stages, sources, form_enabled AS "formEnabled",
  form_slug AS "formSlug", form_title AS "formTitle", form_intro AS "formIntro", form_thanks AS "formThanks",
  form_categories AS "formCategories", form_notify AS "formNotify"`

export async function findCompanySettings(db: Db, companyId: number): Promise<CompanySettingsRow | null> {
  const [row] = await db.query<CompanySettingsRow>({
    text: `SELECT ${COLUMNS} FROM company WHERE id = $1`,
    values: [companyId],
  })
  return row ?? null
}

/** As `findCompanySettings`, holding the row until the transaction ends; leads of the company can still be written. */
export async function lockCompanySettings(tx: Tx, companyId: number): Promise<CompanySettingsRow | null> {
  const [row] = await tx.query<CompanySettingsRow>({
    text: `SELECT ${COLUMNS} FROM company WHERE id = $1 FOR NO KEY UPDATE`,
    values: [companyId],
  })
  return row ?? null
}

export async function saveCompanySettings(tx: Tx, companyId: number, settings: CompanySettings): Promise<void> {
  await tx.query({
    text: `UPDATE company SET name = $2, currency = $3, time_zone = $4, offer_answer_hours = $5,
        follow_up_hours = $6, categories = $7, types = $8, stages = $9, sources = $10, form_enabled = $11,
        form_title = $12, form_intro = $13, form_thanks = $14, form_categories = $15, form_notify = $16
      WHERE id = $1`,
    values: [
      companyId,
      settings.name,
      settings.currency,
      settings.timeZone,
      settings.offerAnswerHours,
      settings.followUpHours,
      settings.categories,
      settings.types,
      settings.stages,
      settings.sources,
      settings.formEnabled,
      settings.formTitle,
      settings.formIntro,
      settings.formThanks,
      settings.formCategories,
      settings.formNotify,
    ],
  })
}

/** Gives the form another address; the old one leads nowhere from then on. */
export async function saveFormSlug(db: Db, companyId: number, slug: string): Promise<void> {
  await db.query({ text: 'UPDATE company SET form_slug = $2 WHERE id = $1', values: [companyId, slug] })
}

/** True when the store can reckon in a time zone, too. */
export async function knowsTimeZone(db: Db, name: string): Promise<boolean> {
  try {
    await db.query({ text: 'SELECT now() AT TIME ZONE $1', values: [name] })
    return true
  } catch (error) {
    if (sqlStateOf(error) === INVALID_PARAMETER) return false
    throw error
  }
}
