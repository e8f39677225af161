import type { Db } from '../database.ts'

export interface SigningKeyRow {
  readonly id: string
  readonly secret: Buffer
}

export async function findSigningKey(db: Db, id: string): Promise<SigningKeyRow | null> {
  const [row] = await db.query<SigningKeyRow>({
    name: 'find-signing-key',
    text: 'SELECT id, secret FROM signing_key WHERE id = $1',
    values: [id],
  })
  return row ?? null
}

/** The key that signs new tokens; older ones stay for the tokens that they signed. */
export async function findNewestSigningKey(db: Db): Promise<SigningKeyRow | null> {
  const [row] = await db.query<SigningKeyRow>({
    text: 'SELECT id, secret FROM signing_key ORDER BY created_at DESC, id DESC LIMIT 1',
  })
  return row ?? null
}

/** Of several processes that meet here, one inserts; the others change nothing. */
export async function insertSigningKey(db: Db, { id, secret }: SigningKeyRow): Promise<void> {
  await db.query({
    text: 'INSERT INTO signing_key (id, secret) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING',
    values: [id, secret],
  })
}
