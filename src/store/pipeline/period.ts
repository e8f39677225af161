import type { Db } from '../database.ts'

/** The company's calendar. */
export interface Period {
  /** IANA name. */
  readonly timeZone: string
  /** Today's date there. */
  readonly today: string
  /** Instants as PostgreSQL prints them: from the first on, before the second; null where the end is open. */
  readonly from: string | null
  readonly until: string | null
}

/** What two dates, both included, mean in the company's time zone. */
export async function findPeriod(
  db: Db,
  companyId: number,
  { from, to, now }: { from: string | null; to: string | null; now: string },
): Promise<Period> {
  const rows = await db.query<Period>({
    name: 'find-period',
    text: `SELECT time_zone AS "timeZone", ($4::timestamptz AT TIME ZONE time_zone)::date AS today,
        ($2::date::timestamp AT TIME ZONE time_zone)::text AS "from",
        (($3::date + 1)::timestamp AT TIME ZONE time_zone)::text AS until
      FROM company WHERE id = $1`,
    values: [companyId, from, to, now],
  })
  const [period] = rows
  if (period === undefined) throw new Error('A caller has a company.')
  return period
}
