import type { Db } from '../database.ts'

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
