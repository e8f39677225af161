import type { Db } from './database.ts'

/** Local time at which the mail of a morning goes out, and after which it would be no morning's any more. */
const FIRST_HOUR = '07:00'
const LAST_HOUR = '12:00'

/** The mail of one user for one morning, in the hands of this process until `claimedUntil`. */
export interface DigestClaim {
  readonly companyId: number
  readonly userId: number
  /** The date in the company's time zone. */
  readonly day: string
  /** 1 for the first. */
  readonly attempt: number
  readonly name: string
  readonly email: string
  readonly companyName: string
}

const DAY = '($1::timestamptz AT TIME ZONE company.time_zone)::date'
const IS_OPEN = 'outcome IS NULL AND digest_mail.claimed_until <= $1'

/**
 * Takes up to `limit` mails that are to go out now and that no other process holds. One that its process has not
 * finished by `until` can be taken again.
 */
export function claimDigests(
  db: Db,
  { now, until, limit }: { readonly now: Date; readonly until: Date; readonly limit: number },
): Promise<DigestClaim[]> {
  return db.query<DigestClaim>({
    name: 'claim-digests',
    text: `WITH wanted AS (
        SELECT person.company_id, person.id AS user_id, ${DAY} AS day
        FROM app_user AS person JOIN company ON company.id = person.company_id
        LEFT JOIN digest_mail ON digest_mail.company_id = person.company_id AND digest_mail.user_id = person.id
        WHERE person.digest AND person.active
          AND ($1::timestamptz AT TIME ZONE company.time_zone)::time BETWEEN '${FIRST_HOUR}' AND '${LAST_HOUR}'
          AND (digest_mail.day IS NULL OR digest_mail.day < ${DAY} OR digest_mail.day = ${DAY} AND ${IS_OPEN})
        ORDER BY person.company_id, person.id LIMIT $3
      ), claimed AS (
        INSERT INTO digest_mail (company_id, user_id, day, claimed_until, attempts)
        SELECT company_id, user_id, day, $2, 1 FROM wanted
        ON CONFLICT (company_id, user_id) DO UPDATE SET day = excluded.day, claimed_until = excluded.claimed_until,
          attempts = CASE WHEN digest_mail.day = excluded.day THEN digest_mail.attempts + 1 ELSE 1 END,
          outcome = NULL, ended_at = NULL
        WHERE digest_mail.day < excluded.day OR digest_mail.day = excluded.day AND digest_mail.${IS_OPEN}
        RETURNING company_id, user_id, day, attempts
      )
      SELECT claimed.company_id AS "companyId", user_id AS "userId", day, attempts AS attempt, person.name, person.email,
        company.name AS "companyName"
      FROM claimed JOIN app_user AS person ON person.id = user_id JOIN company ON company.id = claimed.company_id`,
    values: [now, until, limit],
  })
}

export type DigestOutcome = 'sent' | 'nothing' | 'failed'

/** The mail of that morning is over. */
export async function finishDigest(
  db: Db,
  { companyId, userId, day }: Pick<DigestClaim, 'companyId' | 'userId' | 'day'>,
  { outcome, at }: { readonly outcome: DigestOutcome; readonly at: Date },
): Promise<void> {
  await db.query({
    name: 'finish-digest',
    text: `UPDATE digest_mail SET outcome = $4, ended_at = $5 WHERE company_id = $1 AND user_id = $2 AND day = $3`,
    values: [companyId, userId, day, outcome, at],
  })
}

/** Lets another process take it from an instant on. */
export async function releaseDigest(
  db: Db,
  { companyId, userId, day }: Pick<DigestClaim, 'companyId' | 'userId' | 'day'>,
  at: Date,
): Promise<void> {
  await db.query({
    name: 'release-digest',
    text: `UPDATE digest_mail SET claimed_until = $4
      WHERE company_id = $1 AND user_id = $2 AND day = $3 AND outcome IS NULL`,
    values: [companyId, userId, day, at],
  })
}

/** Whether the user still is to get it: left, switched off or told to be left alone in the meantime, there is none. */
export async function isDigestWanted(db: Db, companyId: number, userId: number): Promise<boolean> {
  const rows = await db.query({
    name: 'is-digest-wanted',
    text: 'SELECT 1 FROM app_user WHERE company_id = $1 AND id = $2 AND active AND digest',
    values: [companyId, userId],
  })
  return rows.length > 0
}

export async function saveDigestWish(db: Db, userId: number, digest: boolean): Promise<void> {
  await db.query({ text: 'UPDATE app_user SET digest = $2 WHERE id = $1', values: [userId, digest] })
}

export interface DigestCounts {
  /** Mornings of the last day by what came of them; `open` are those that are on their way, or to be tried again. */
  readonly sent: number
  readonly nothing: number
  readonly failed: number
  readonly open: number
}

const COUNTED = ` count(*) FILTER (WHERE outcome = 'sent')::integer AS sent,
        count(*) FILTER (WHERE outcome = 'nothing')::integer AS nothing,
        count(*) FILTER (WHERE outcome = 'failed')::integer AS failed,
        count(*) FILTER (WHERE outcome IS NULL AND claimed_until > now() - interval '1 day')::integer AS open
      FROM digest_mail WHERE (outcome IS NULL OR ended_at > now() - interval '1 day')`

const NONE: DigestCounts = { sent: 0, nothing: 0, failed: 0, open: 0 }

/** Of the whole installation. */
export async function countDigests(db: Db): Promise<DigestCounts> {
  const [row] = await db.query<DigestCounts>({ name: 'count-digests', text: `SELECT ${COUNTED}` })
  return row ?? NONE
}

export async function countCompanyDigests(db: Db, companyId: number): Promise<DigestCounts> {
  const [row] = await db.query<DigestCounts>({
    name: 'count-company-digests',
    text: `SELECT ${COUNTED} AND company_id = $1`,
    values: [companyId],
  })
  return row ?? NONE
}
