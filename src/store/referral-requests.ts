import { phoneDigits, type ReferralRequest, type StoredReferralRequest } from '../core/referral-request.ts'
import type { Tx } from './database.ts'

/** Lets one transaction of a company look for duplicates and insert at a time; ends with the transaction. */
export async function lockReferralRequests(tx: Tx, companyId: number): Promise<void> {
  await tx.query({
    name: 'lock-referral-requests',
    text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
    values: [`referral-requests/${companyId}`],
  })
}

/**
 * True when the company knows the e-mail address (case ignored) or the phone number (digits compared) from an earlier
 * referral request or from a lead whose contact data it may see.
 */
export async function isKnownContact(
  tx: Tx,
  companyId: number,
  { email, phone }: Pick<ReferralRequest, 'email' | 'phone'>,
): Promise<boolean> {
  const rows = await tx.query<{ known: boolean }>({
    name: 'is-known-contact',
    text: `SELECT
        EXISTS (SELECT FROM referral_request WHERE company_id = $1 AND lower(email) = lower($2))
        OR EXISTS (SELECT FROM referral_request
          WHERE company_id = $1 AND regexp_replace(phone, '[^0-9]', '', 'g') = $3)
        OR EXISTS (SELECT FROM lead
          WHERE company_id = $1 AND lower(email) = lower($2) AND action = 'ACCEPTED' AND deleted_at IS NULL)
        OR EXISTS (SELECT FROM lead
          WHERE company_id = $1 AND right(regexp_replace(phone, '[^0-9]', '', 'g'), 10) = right($3, 10)
            AND regexp_replace(phone, '[^0-9]', '', 'g') = $3 AND action = 'ACCEPTED' AND deleted_at IS NULL)
        OR EXISTS (SELECT FROM lead
          WHERE company_id = $1 AND right(regexp_replace(mobile_phone, '[^0-9]', '', 'g'), 10) = right($3, 10)
            AND regexp_replace(mobile_phone, '[^0-9]', '', 'g') = $3 AND action = 'ACCEPTED' AND deleted_at IS NULL) AS known`,
    values: [companyId, email, phone === null ? null : phoneDigits(phone)],
  })
  return rows[0]?.known === true
}

export async function insertReferralRequest(
  tx: Tx,
  companyId: number,
  request: ReferralRequest,
): Promise<StoredReferralRequest> {
  const { firstName, lastName, email, phone, sendGift, renewal } = request
  const rows = await tx.query<{ id: number; createdAt: string }>({
    name: 'insert-referral-request',
    text: `INSERT INTO referral_request (company_id, first_name, last_name, email, phone, send_gift, renewal)
      VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id, created_at AS "createdAt"`,
    values: [companyId, firstName, lastName, email, phone, sendGift, renewal],
  })
  const [row] = rows
  if (row === undefined) throw new Error('The referral request was not stored.')
  return { ...request, ...row }
}
