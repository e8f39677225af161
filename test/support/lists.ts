import type { Db } from '../../src/store/database.ts'

const DEADLINE_MS = 10_000

/** Waits until nothing waits in the outbox; throws when the relay does not get there. */
export async function untilListed(db: Db): Promise<void> {
  for (const deadline = Date.now() + DEADLINE_MS; Date.now() < deadline; ) {
    if ((await db.query({ text: 'SELECT 1 FROM outbox LIMIT 1' })).length === 0) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('The outbox does not become empty.')
}

/** The revision of a lead that lists show, once they show everything. */
export async function listedRevision(db: Db, leadId: unknown): Promise<number> {
  await untilListed(db)
  const [row] = await db.query<{ revision: number }>({
    text: 'SELECT revision FROM lead_card WHERE lead_id = $1',
    values: [leadId],
  })
  return row?.revision ?? 0
}
