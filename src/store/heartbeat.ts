import type { Db } from './database.ts'

/** Writes one small row: works exactly when changes of leads would. */
export async function beat(db: Db, now: string): Promise<void> {
  await db.query({
    name: 'beat',
    text: 'INSERT INTO heartbeat (id, at) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET at = excluded.at',
    values: [now],
  })
}
