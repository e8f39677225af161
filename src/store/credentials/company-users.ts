import type { Db, Tx } from '../database.ts'
import type { CompanyRole } from './users.ts'

/** A user as the company sees them. Instants are ISO text. */
export interface CompanyUserRow {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly role: CompanyRole
  readonly active: boolean
  readonly twoFactor: boolean
  readonly createdAt: string
  readonly lastSeenAt: string | null
}

const COLUMNS = `id, name, email, role, active, totp_confirmed_at IS NOT NULL AS "twoFactor",
  created_at AS "createdAt", last_seen_at AS "lastSeenAt"`

/** The company's first 1,000 users, inactive ones included, by name. */
export function listCompanyUsers(db: Db, companyId: number): Promise<CompanyUserRow[]> {
  return db.query<CompanyUserRow>({
    text: `SELECT ${COLUMNS} FROM app_user WHERE company_id = $1 ORDER BY name, id LIMIT 1000`,
    values: [companyId],
  })
}

export async function findCompanyUser(db: Db, companyId: number, id: number): Promise<CompanyUserRow | null> {
  const [row] = await db.query<CompanyUserRow>({
    text: `SELECT ${COLUMNS} FROM app_user WHERE company_id = $1 AND id = $2`,
    values: [companyId, id],
  })
  return row ?? null
}

/** True when the company has a user of this address, active or not. */
export async function hasCompanyUser(db: Db, companyId: number, emailKey: string): Promise<boolean> {
  const rows = await db.query({
    text: 'SELECT 1 FROM app_user WHERE email_key = $2 AND company_id = $1',
    values: [companyId, emailKey],
  })
  return rows.length > 0
}

/** Active admins besides one user. Exact while the company's row is locked. */
export async function countOtherAdmins(tx: Tx, companyId: number, userId: number): Promise<number> {
  const [row] = await tx.query<{ n: number }>({
    text: `SELECT count(*) AS n FROM app_user
      WHERE company_id = $1 AND role = 'admin' AND active AND id <> $2`,
    values: [companyId, userId],
  })
  return row?.n ?? 0
}

export async function saveCompanyUser(
  tx: Tx,
  companyId: number,
  user: Pick<CompanyUserRow, 'id' | 'name' | 'role' | 'active'>,
): Promise<void> {
  await tx.query({
    text: 'UPDATE app_user SET name = $3, role = $4, active = $5 WHERE company_id = $1 AND id = $2',
    values: [companyId, user.id, user.name, user.role, user.active],
  })
}
