import type { Db, Tx } from '../database.ts'

export interface CompanyRow {
  readonly id: number
  readonly name: string
}

export async function insertCompany(db: Db, name: string, at: Date): Promise<CompanyRow> {
  const [row] = await db.query<CompanyRow>({
    text: 'INSERT INTO company (name, created_at) VALUES ($1, $2) RETURNING id, name',
    values: [name, at],
  })
  if (row === undefined) throw new Error('INSERT INTO company returned no row.')
  return row
}

export async function findCompany(db: Db, id: number): Promise<CompanyRow | null> {
  const [row] = await db.query<CompanyRow>({ text: 'SELECT id, name FROM company WHERE id = $1', values: [id] })
  return row ?? null
}

/** Holds the company until the transaction ends, for changes that must see one another; its leads can be written. */
export async function lockCompany(tx: Tx, id: number): Promise<void> {
  await tx.query({ text: 'SELECT 1 FROM company WHERE id = $1 FOR NO KEY UPDATE', values: [id] })
}
