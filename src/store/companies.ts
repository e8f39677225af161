import type { Db } from './database.ts'

export async function companyExists(db: Db, companyId: number): Promise<boolean> {
  const rows = await db.query({ text: 'SELECT 1 FROM company WHERE id = $1', values: [companyId] })
  return rows.length > 0
}
