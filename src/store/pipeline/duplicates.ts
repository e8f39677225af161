import type { Db } from '../database.ts'

export interface DuplicateKeys {
  readonly email: string | null
  /** The last ten digits of a phone. */
  readonly phoneEnd: string | null
  readonly except: number | null
}

/**
 * Newest leads of the same customer, by e-mail address whatever its letter case, or by the last ten digits of
 * either phone. Leads whose
 * customer the company may not see are left out. The expressions are those of the indexes, to the letter.
 */
export async function findSameCustomer(
  db: Db,
  companyId: number,
  { email, phoneEnd, except }: DuplicateKeys,
  limit: number,
): Promise<number[]> {
  const open = `action = 'ACCEPTED' AND deleted_at IS NULL AND id IS DISTINCT FROM $4`
  const rows = await db.query<{ id: number }>({
    text: `SELECT id FROM (
        SELECT id FROM lead WHERE company_id = $1 AND lower(email) = lower($2) AND ${open}
        UNION SELECT id FROM lead
          WHERE company_id = $1 AND right(regexp_replace(phone, '[^0-9]', '', 'g'), 10) = $3 AND ${open}
        UNION SELECT id FROM lead
          WHERE company_id = $1 AND right(regexp_replace(mobile_phone, '[^0-9]', '', 'g'), 10) = $3 AND ${open}
      ) AS same ORDER BY id DESC LIMIT $5`,
    values: [companyId, email, phoneEnd, except, limit],
  })
  return rows.map(({ id }) => id)
}
