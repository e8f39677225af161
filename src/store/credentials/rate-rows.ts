import type { WindowState } from '../../core/rate-windows.ts'
import type { Db, Tx } from '../database.ts'

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

/** Locks the counts of a subject, made where missing, until the transaction ends. */
export async function lockRateRow(tx: Tx, subject: string): Promise<WindowState> {
  const [row] = await tx.query<{ state: WindowState }>({
    text: `INSERT INTO rate_window AS r (subject) VALUES ($1)
      ON CONFLICT (subject) DO UPDATE SET state = r.state RETURNING state`,
    values: [subject],
  })
  return row?.state ?? {}
}

/** Writes counts that the transaction has locked. */
export async function saveRateRow(tx: Tx, subject: string, state: WindowState): Promise<void> {
  await tx.query({
    text: 'UPDATE rate_window SET state = $2::jsonb WHERE subject = $1',
    values: [subject, JSON.stringify(state)],
  })
}

export async function deleteRateRow(db: Db, subject: string): Promise<void> {
  await db.query({ text: 'DELETE FROM rate_window WHERE subject = $1', values: [subject] })
}
