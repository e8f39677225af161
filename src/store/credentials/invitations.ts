import type { Db, Tx } from '../database.ts'
import type { CompanyRole } from './users.ts'

/** An open invitation as its company sees it. Instants are ISO text. */
export interface InvitationRow {
  readonly id: number
  readonly email: string
  readonly role: CompanyRole
  readonly createdAt: string
  readonly expiresAt: string
  readonly invitedBy: string
}

const COLUMNS = 'id, email, role, created_at AS "createdAt", expires_at AS "expiresAt", invited_by AS "invitedBy"'

/** Newest first. */
export function listInvitations(db: Db, companyId: number, now: Date): Promise<InvitationRow[]> {
  return db.query<InvitationRow>({
    text: `SELECT ${COLUMNS} FROM invitation WHERE company_id = $1 AND expires_at > $2
      ORDER BY created_at DESC, id DESC LIMIT 1000`,
    values: [companyId, now],
  })
}

export async function countInvitations(db: Db, companyId: number, now: Date): Promise<number> {
  const [row] = await db.query<{ n: number }>({
    text: 'SELECT count(*) AS n FROM invitation WHERE company_id = $1 AND expires_at > $2',
    values: [companyId, now],
  })
  return row?.n ?? 0
}

export interface NewInvitationRow {
  readonly companyId: number
  readonly email: string
  readonly emailKey: string
  readonly role: CompanyRole
  readonly tokenHash: Buffer
  readonly invitedBy: string
  readonly at: Date
  readonly expiresAt: Date
}

/** An older invitation of the same address is replaced: its link leads nowhere from then on. */
export async function saveInvitation(db: Db, invitation: NewInvitationRow): Promise<InvitationRow> {
  const [row] = await db.query<InvitationRow>({
    text: `INSERT INTO invitation
        (company_id, email, email_key, role, token_hash, invited_by, created_at, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (company_id, email_key) DO UPDATE SET email = excluded.email, role = excluded.role,
        token_hash = excluded.token_hash, invited_by = excluded.invited_by, created_at = excluded.created_at,
        expires_at = excluded.expires_at
      RETURNING ${COLUMNS}`,
    values: [
      invitation.companyId,
      invitation.email,
      invitation.emailKey,
      invitation.role,
      invitation.tokenHash,
      invitation.invitedBy,
      invitation.at,
      invitation.expiresAt,
    ],
  })
  if (row === undefined) throw new Error('INSERT INTO invitation returned no row.')
  return row
}

/** False when the company has no such invitation. */
export async function deleteInvitation(db: Db, companyId: number, id: number): Promise<boolean> {
  const rows = await db.query({
    text: 'DELETE FROM invitation WHERE company_id = $1 AND id = $2 RETURNING 1',
    values: [companyId, id],
  })
  return rows.length > 0
}

/** What whoever holds a link sees. */
export interface OpenInvitationRow {
  readonly companyId: number
  readonly company: string
  readonly email: string
  readonly emailKey: string
  readonly role: CompanyRole
}

export async function findOpenInvitation(db: Db, tokenHash: Buffer, now: Date): Promise<OpenInvitationRow | null> {
  const [row] = await db.query<OpenInvitationRow>({
    text: `SELECT i.company_id AS "companyId", c.name AS company, i.email, i.email_key AS "emailKey", i.role
      FROM invitation i JOIN company c ON c.id = i.company_id
      WHERE i.token_hash = $1 AND i.expires_at > $2`,
    values: [tokenHash, now],
  })
  return row ?? null
}

/** Uses an invitation up as it was shown; false when it was used, cancelled or replaced meanwhile. */
export async function takeInvitation(tx: Tx, tokenHash: Buffer): Promise<boolean> {
  const rows = await tx.query({
    text: 'DELETE FROM invitation WHERE token_hash = $1 RETURNING 1',
    values: [tokenHash],
  })
  return rows.length > 0
}
