import type { Db, Tx } from './database.ts'

/** A list's filters under a name, of one user. */
export interface SavedViewRow {
  readonly id: number
  readonly name: string
  readonly query: string
}

export interface ViewOwner {
  readonly companyId: number
  readonly userId: number
}

export function listSavedViews(db: Db, { companyId, userId }: ViewOwner): Promise<SavedViewRow[]> {
  return db.query<SavedViewRow>({
    text: 'SELECT id, name, query FROM saved_view WHERE company_id = $1 AND user_id = $2 ORDER BY name, id',
    values: [companyId, userId],
  })
}

/** The user's views besides one name, counted under a lock so that many at once keep to the limit. */
export async function countOtherViews(tx: Tx, { companyId, userId }: ViewOwner, name: string): Promise<number> {
  await tx.query({ text: 'SELECT 1 FROM app_user WHERE id = $1 FOR NO KEY UPDATE', values: [userId] })
  const [row] = await tx.query<{ n: number }>({
    text: 'SELECT count(*) AS n FROM saved_view WHERE company_id = $1 AND user_id = $2 AND name <> $3',
    values: [companyId, userId, name],
  })
  return row?.n ?? 0
}

/** A view of the same name is replaced. */
export async function saveView(
  tx: Tx,
  { companyId, userId }: ViewOwner,
  { name, query }: Omit<SavedViewRow, 'id'>,
): Promise<SavedViewRow> {
  const [row] = await tx.query<SavedViewRow>({
    text: `INSERT INTO saved_view (company_id, user_id, name, query) VALUES ($1, $2, $3, $4)
      ON CONFLICT (company_id, user_id, name) DO UPDATE SET query = excluded.query
      RETURNING id, name, query`,
    values: [companyId, userId, name, query],
  })
  if (row === undefined) throw new Error('INSERT INTO saved_view returned no row.')
  return row
}

/** False when the user has no such view. */
export async function deleteView(db: Db, { companyId, userId }: ViewOwner, id: number): Promise<boolean> {
  const rows = await db.query({
    text: 'DELETE FROM saved_view WHERE company_id = $1 AND user_id = $2 AND id = $3 RETURNING 1',
    values: [companyId, userId, id],
  })
  return rows.length > 0
}
