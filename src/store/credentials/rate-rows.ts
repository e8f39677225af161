import type { Db } from '../database.ts'

/** Gives a new credential its row of counts, so that the first calls already find a row to lock. */
export async function insertRateRow(db: Db, subject: string): Promise<void> {
  await db.query({ text: 'INSERT INTO rate_window (subject) VALUES ($1) ON CONFLICT DO NOTHING', values: [subject] })
}
