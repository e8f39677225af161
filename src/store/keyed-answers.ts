import type { Db } from './database.ts'

/*
 * Claims of keyed requests that write no lead, and their answers, beside the answers that the lead writer keeps: whoever
 * takes a key first has it.
 */

export interface AnswerKey {
  readonly companyId: number
  readonly face: string
  readonly key: string
}

export interface KeyedRow {
  /** Null for an answer that the lead writer keeps. */
  readonly sealed: Buffer | null
  /** Null once there is an answer. */
  readonly claimedUntil: string | null
}

interface Claim {
  readonly sealed: Buffer
  readonly at: Date
  readonly until: Date
}

/** Takes a key for a request that is about to be carried out; false when it is taken. */
export async function insertClaim(db: Db, { companyId, face, key }: AnswerKey, claim: Claim): Promise<boolean> {
  const rows = await db.query({
    text: `INSERT INTO idempotency (company_id, face, key, request_hash, status, body, created_at, sealed, claimed_until)
      VALUES ($1, $2, $3, '', 0, '', $4, $5, $6) ON CONFLICT DO NOTHING RETURNING 1`,
    values: [companyId, face, key, claim.at, claim.sealed, claim.until],
  })
  return rows.length > 0
}

/** What stands under a key. */
export async function findKeyed(db: Db, { companyId, face, key }: AnswerKey): Promise<KeyedRow | null> {
  const [row] = await db.query<KeyedRow>({
    text: `SELECT sealed, claimed_until AS "claimedUntil" FROM idempotency
      WHERE company_id = $1 AND face = $2 AND key = $3`,
    values: [companyId, face, key],
  })
  return row ?? null
}

/** Puts the answer in the place of the claim. */
export async function saveAnswer(
  db: Db,
  { companyId, face, key }: AnswerKey,
  { status, sealed }: { readonly status: number; readonly sealed: Buffer },
): Promise<void> {
  await db.query({
    text: `UPDATE idempotency SET status = $4, sealed = $5, claimed_until = NULL
      WHERE company_id = $1 AND face = $2 AND key = $3 AND claimed_until IS NOT NULL`,
    values: [companyId, face, key, status, sealed],
  })
}

/** Gives a claimed key back: nothing was done under it. */
export async function deleteClaim(db: Db, { companyId, face, key }: AnswerKey): Promise<void> {
  await db.query({
    text: `DELETE FROM idempotency
      WHERE company_id = $1 AND face = $2 AND key = $3 AND claimed_until IS NOT NULL`,
    values: [companyId, face, key],
  })
}

/** Says of a claim that no answer will come. */
export async function endClaim(db: Db, { companyId, face, key }: AnswerKey, at: Date): Promise<void> {
  await db.query({
    text: `UPDATE idempotency SET claimed_until = $4
      WHERE company_id = $1 AND face = $2 AND key = $3 AND claimed_until IS NOT NULL`,
    values: [companyId, face, key, at],
  })
}
