import { randomBytes } from 'node:crypto'
import type { SigningKey } from '../../lib/access-token.ts'
import { findNewestSigningKey, insertSigningKey } from '../../store/credentials/signing-keys.ts'
import type { Db } from '../../store/database.ts'

/** Fixed, so that several processes that all find no key insert the same one. */
const FIRST_KEY_ID = 'k1'
const SECRET_BYTES = 32

/** The key that signs new tokens, made on first need. */
export async function currentSigningKey(db: Db): Promise<SigningKey> {
  const known = await findNewestSigningKey(db)
  if (known !== null) return known
  await insertSigningKey(db, { id: FIRST_KEY_ID, secret: randomBytes(SECRET_BYTES) })
  const made = await findNewestSigningKey(db)
  if (made === null) throw new Error('The signing key was not stored.')
  return made
}
