import type { Db } from './database.ts'

/** A company's public form, as far as it is shown to everybody. */
export interface LeadForm {
  readonly companyId: number
  readonly companyName: string
  readonly slug: string
  readonly title: string
  readonly intro: string
  readonly thanks: string
  readonly categories: readonly string[]
  /** Whether the admins want a mail of each lead. */
  readonly notify: boolean
}

/** The form of this address, or null when there is none or it is switched off. */
export async function findForm(db: Db, slug: string): Promise<LeadForm | null> {
  const [row] = await db.query<LeadForm>({
    name: 'find-form',
    text: `SELECT id AS "companyId", name AS "companyName", form_slug AS slug, form_title AS title,
        form_intro AS intro, form_thanks AS thanks, form_categories AS categories, form_notify AS notify
      FROM company WHERE form_slug = $1 AND form_enabled`,
    values: [slug],
  })
  return row ?? null
}
