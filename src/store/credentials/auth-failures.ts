import type { Db, Tx } from '../database.ts'

export interface FailureRow {
  readonly subject: Buffer
  /** ISO instant. */
  readonly startedAt: string
  readonly failures: number
}

/**
 * Locks the counters, made where missing, until the transaction ends. The upsert is what makes the lock hold for
 * a counter that nobody has seen yet; the order keeps two attempts from waiting for each other in a circle.
 */
export function lockFailures(tx: Tx, subjects: readonly Buffer[], at: Date): Promise<FailureRow[]> {
  return tx.query<FailureRow>({
    name: 'lock-failures',
    text: `INSERT INTO auth_failure AS f (subject, window_started_at, failures)
      SELECT subject, $2, 0 FROM unnest($1::bytea[]) AS t (subject) ORDER BY subject
      ON CONFLICT (subject) DO UPDATE SET failures = f.failures
      RETURNING subject, window_started_at AS "startedAt", failures`,
    values: [subjects, at],
  })
}

/** Writes counters that the transaction has locked. */
export async function saveFailures(tx: Tx, rows: readonly FailureRow[]): Promise<void> {
  if (rows.length === 0) return
  await tx.query({
    name: 'save-failures',
    text: `UPDATE auth_failure f SET window_started_at = t.started_at, failures = t.failures
      FROM unnest($1::bytea[], $2::timestamptz[], $3::integer[]) AS t (subject, started_at, failures)
      WHERE f.subject = t.subject`,
    values: [rows.map((row) => row.subject), rows.map((row) => row.startedAt), rows.map((row) => row.failures)],
  })
}

export async function deleteFailures(tx: Tx, subjects: readonly Buffer[]): Promise<void> {
  await tx.query({ text: 'DELETE FROM auth_failure WHERE subject = ANY($1::bytea[])', values: [subjects] })
}

/** Deletes counters whose window began before the instant, but for those in use right now; gives their number. */
export async function deleteFailuresBefore(db: Db, before: Date): Promise<number> {
  const rows = await db.query({
    text: `DELETE FROM auth_failure WHERE subject IN
        (SELECT subject FROM auth_failure WHERE window_started_at < $1
          ORDER BY window_started_at LIMIT 10000 FOR UPDATE SKIP LOCKED)
      RETURNING 1`,
    values: [before],
  })
  return rows.length
}
