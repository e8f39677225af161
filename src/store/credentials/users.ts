import type { Db } from '../database.ts'

export const USER_ROLES = ['operator', 'admin', 'member'] as const
export type UserRole = (typeof USER_ROLES)[number]
/** What a user may do within a company. */
export const COMPANY_ROLES = ['admin', 'member'] as const
export type CompanyRole = (typeof COMPANY_ROLES)[number]

export interface NewUserRow {
  /** null for an operator. */
  readonly companyId: number | null
  readonly email: string
  /** The address in lower case. */
  readonly emailKey: string
  readonly name: string
  readonly role: UserRole
  readonly passwordHash: string
}

/** The id of the new user, or null when the address is taken. */
export async function insertUser(db: Db, user: NewUserRow, at: Date): Promise<number | null> {
  const [row] = await db.query<{ id: number }>({
    text: `INSERT INTO app_user (company_id, email, email_key, name, role, password_hash, created_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (email_key) DO NOTHING RETURNING id`,
    values: [user.companyId, user.email, user.emailKey, user.name, user.role, user.passwordHash, at],
  })
  return row?.id ?? null
}

export interface LoginRow {
  readonly userId: number
  readonly companyId: number | null
  readonly email: string
  readonly emailKey: string
  readonly passwordHash: string
  /** A code is asked for besides the password. */
  readonly twoFactor: boolean
}

/** The active user of an address in lower case. */
export async function findLogin(db: Db, emailKey: string): Promise<LoginRow | null> {
  const [row] = await db.query<LoginRow>({
    name: 'find-login',
    text: `SELECT id AS "userId", company_id AS "companyId", email, email_key AS "emailKey",
        password_hash AS "passwordHash", totp_confirmed_at IS NOT NULL AS "twoFactor"
      FROM app_user WHERE email_key = $1 AND active`,
    values: [emailKey],
  })
  return row ?? null
}

/** The PHC string of an active user. */
export async function findPassword(db: Db, userId: number): Promise<string | null> {
  const [row] = await db.query<{ passwordHash: string }>({
    text: 'SELECT password_hash AS "passwordHash" FROM app_user WHERE id = $1 AND active',
    values: [userId],
  })
  return row?.passwordHash ?? null
}

export interface UserRow {
  readonly id: number
  readonly email: string
  readonly name: string
  readonly active: boolean
}

export async function findUserByEmail(db: Db, emailKey: string): Promise<UserRow | null> {
  const [row] = await db.query<UserRow>({
    text: 'SELECT id, email, name, active FROM app_user WHERE email_key = $1',
    values: [emailKey],
  })
  return row ?? null
}

export async function saveName(db: Db, userId: number, name: string): Promise<void> {
  await db.query({ text: 'UPDATE app_user SET name = $2 WHERE id = $1', values: [userId, name] })
}

export async function savePassword(db: Db, userId: number, passwordHash: string): Promise<void> {
  await db.query({ text: 'UPDATE app_user SET password_hash = $2 WHERE id = $1', values: [userId, passwordHash] })
}
