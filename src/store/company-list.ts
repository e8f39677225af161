import type { Db } from './database.ts'

/** A company as an operator sees it. */
export interface CompanyListRow {
  readonly id: number
  readonly name: string
  readonly createdAt: string
  readonly users: number
  readonly leads: number
}

/**
 * Companies by id, newest first, below an id. Counts come from totals that are kept, and from the few users that a
 * company has. `part` is looked for in names, whatever the case.
 */
export function listCompanies(
  db: Db,
  { part, before, limit }: { readonly part: string; readonly before: number; readonly limit: number },
): Promise<CompanyListRow[]> {
  return db.query<CompanyListRow>({
    text: `SELECT c.id, c.name, c.created_at AS "createdAt",
        (SELECT count(*) FROM app_user u WHERE u.company_id = c.id) AS users,
        (SELECT coalesce(sum(t.leads), 0)::bigint FROM stage_total t
          WHERE t.company_id = c.id AND t.stage <> 'Deleted') AS leads
      FROM company c
      WHERE c.id < $1 AND ($2 = '' OR strpos(lower(c.name), lower($2)) > 0)
      ORDER BY c.id DESC LIMIT $3`,
    values: [before, part, limit],
  })
}
