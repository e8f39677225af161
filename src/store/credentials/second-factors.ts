import type { Db, Tx } from '../database.ts'

export interface SecondFactorRow {
  readonly email: string
  readonly passwordHash: string
  /** Encrypted; null when none was begun. */
  readonly totpSecret: Buffer | null
  readonly isConfirmed: boolean
}

export async function findSecondFactor(db: Db, userId: number): Promise<SecondFactorRow | null> {
  const [row] = await db.query<SecondFactorRow>({
    text: `SELECT email, password_hash AS "passwordHash", totp_secret AS "totpSecret",
        totp_confirmed_at IS NOT NULL AS "isConfirmed"
      FROM app_user WHERE id = $1`,
    values: [userId],
  })
  return row ?? null
}

/** Keeps a secret that is to be confirmed; false when one is in force already. */
export async function beginSecondFactor(db: Db, userId: number, sealed: Buffer): Promise<boolean> {
  const rows = await db.query({
    text: `UPDATE app_user SET totp_secret = $2, totp_last_step = NULL
      WHERE id = $1 AND totp_confirmed_at IS NULL RETURNING 1`,
    values: [userId, sealed],
  })
  return rows.length > 0
}

/** Puts the very secret that was proven in force; false when it is another one by now, or in force already. */
export async function confirmSecondFactor(
  tx: Tx,
  userId: number,
  { sealed, step, at }: { readonly sealed: Buffer; readonly step: number; readonly at: Date },
): Promise<boolean> {
  const rows = await tx.query({
    text: `UPDATE app_user SET totp_confirmed_at = $4, totp_last_step = $3
      WHERE id = $1 AND totp_secret = $2 AND totp_confirmed_at IS NULL RETURNING 1`,
    values: [userId, sealed, step, at],
  })
  return rows.length > 0
}

/** Takes a time step whose code was right; false when it, or a later one, was taken before. */
export async function takeStep(db: Db, userId: number, step: number): Promise<boolean> {
  const rows = await db.query({
    text: `UPDATE app_user SET totp_last_step = $2
      WHERE id = $1 AND (totp_last_step IS NULL OR totp_last_step < $2) RETURNING 1`,
    values: [userId, step],
  })
  return rows.length > 0
}

/** False when there was none. The recovery codes go with it. */
export async function deleteSecondFactor(tx: Tx, userId: number): Promise<boolean> {
  await tx.query({ text: 'DELETE FROM recovery_code WHERE user_id = $1', values: [userId] })
  const rows = await tx.query({
    text: `UPDATE app_user SET totp_secret = NULL, totp_confirmed_at = NULL, totp_last_step = NULL
      WHERE id = $1 AND totp_confirmed_at IS NOT NULL RETURNING 1`,
    values: [userId],
  })
  return rows.length > 0
}

export async function insertRecoveryCodes(tx: Tx, userId: number, hashes: readonly Buffer[]): Promise<void> {
  await tx.query({
    text: 'INSERT INTO recovery_code (user_id, code_hash) SELECT $1, unnest($2::bytea[])',
    values: [userId, hashes],
  })
}

/** Uses a recovery code up; false when the user has no such code. */
export async function takeRecoveryCode(db: Db, userId: number, hash: Buffer): Promise<boolean> {
  const rows = await db.query({
    text: 'DELETE FROM recovery_code WHERE user_id = $1 AND code_hash = $2 RETURNING 1',
    values: [userId, hash],
  })
  return rows.length > 0
}
