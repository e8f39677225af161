import type { Db } from '../database.ts'
import type { UserRole } from './users.ts'

/** A user with what the portal must know of the company to show anything. */
export interface AccountRow {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly role: UserRole
  readonly twoFactor: boolean
  /** Wants the mail of each morning. */
  readonly digest: boolean
  readonly company: {
    readonly id: number
    readonly name: string
    readonly currency: string
    readonly timeZone: string
  } | null
}

export async function findAccount(db: Db, userId: number): Promise<AccountRow | null> {
  const [row] = await db.query<AccountRow>({
    name: 'find-account',
    text: `SELECT u.id, u.name, u.email, u.role, u.totp_confirmed_at IS NOT NULL AS "twoFactor", u.digest,
        CASE WHEN c.id IS NOT NULL THEN
          jsonb_build_object('id', c.id, 'name', c.name, 'currency', c.currency, 'timeZone', c.time_zone)
        END AS company
      FROM app_user u LEFT JOIN company c ON c.id = u.company_id WHERE u.id = $1`,
    values: [userId],
  })
  return row ?? null
}
