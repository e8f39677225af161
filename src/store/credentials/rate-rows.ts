import type { WindowState } from '../../core/rate-windows.ts'
import type { Db } from '../database.ts'

/** Gives a new credential its row of counts, so that the first calls already find a row to lock. */
export async function insertRateRow(db: Db, subject: string): Promise<void> {
  await db.query({ text: 'INSERT INTO rate_window (subject) VALUES ($1) ON CONFLICT DO NOTHING', values: [subject] })
}

/** The counts of credentials, by subject. */
export async function findRateStates(db: Db, subjects: readonly string[]): Promise<ReadonlyMap<string, WindowState>> {
  const rows = await db.query<{ subject: string; state: WindowState }>({
    text: 'SELECT subject, state FROM rate_window WHERE subject = ANY($1::text[])',
    values: [subjects],
  })
  return new Map(rows.map(({ subject, state }) => [subject, state]))
}
