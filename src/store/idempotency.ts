import { refuse } from '../core/errors.ts'
import type { Tx } from './database.ts'
import type { StoredAnswer } from './lead-writer/types.ts'

/** A keyed request that writes no lead; the lead writer keeps its own in the same table. */
export interface KeyedWrite {
  readonly companyId: number
  readonly face: string
  readonly key: string
  /** SHA-256 over what makes two requests the same. */
  readonly requestHash: Buffer
}

/**
 * Does work once for a key: runs it and keeps its answer in the same transaction, or gives the stored answer of the
 * first request. The same key with another request is refused. Same keys wait for each other.
 */
export async function answerOnce(
  tx: Tx,
  write: KeyedWrite,
  work: () => Promise<StoredAnswer>,
): Promise<{ answer: StoredAnswer; replayed: boolean }> {
  await lockKey(tx, write)
  const stored = await findStored(tx, write)
  if (stored !== null) {
    if (!stored.requestHash.equals(write.requestHash)) refuseReuse()
    return { answer: { status: stored.status, body: stored.body }, replayed: true }
  }
  const answer = await work()
  // Only the lead writer can have taken the key since, for a request that is another one by its path.
  if (!(await keepAnswer(tx, write, answer))) refuseReuse()
  return { answer, replayed: false }
}

async function lockKey(tx: Tx, { companyId, face, key }: KeyedWrite): Promise<void> {
  await tx.query({
    name: 'lock-idempotency-key',
    text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
    values: [`idempotency/${companyId}/${face}/${key}`],
  })
}

interface StoredRow {
  requestHash: Buffer
  status: number
  body: string
}

async function findStored(tx: Tx, { companyId, face, key }: KeyedWrite): Promise<StoredRow | null> {
  const rows = await tx.query<StoredRow>({
    name: 'find-answer',
    text: `SELECT request_hash AS "requestHash", status, body FROM idempotency
      WHERE company_id = $1 AND face = $2 AND key = $3`,
    values: [companyId, face, key],
  })
  return rows[0] ?? null
}

async function keepAnswer(tx: Tx, write: KeyedWrite, answer: StoredAnswer): Promise<boolean> {
  const { companyId, face, key, requestHash } = write
  const rows = await tx.query<{ kept: true }>({
    name: 'keep-answer',
    text: `INSERT INTO idempotency (company_id, face, key, request_hash, status, body, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, now()) ON CONFLICT DO NOTHING RETURNING true AS kept`,
    values: [companyId, face, key, requestHash, answer.status, answer.body],
  })
  return rows.length > 0
}

function refuseReuse(): never {
  refuse('idempotency.key-reused', 'This Idempotency-Key was already used with another request.')
}
