import type { Db } from '../database.ts'
import { type LiveLine, type LivePlace, readLiveLines } from './live-line.ts'

/** The place of the newest announcement; of none while nothing was announced since a crash. */
export async function findNewestPlace(db: Db): Promise<LivePlace> {
  const [row] = await db.query<LivePlace>({
    name: 'find-newest-place',
    text: 'SELECT id, tag FROM live_log ORDER BY id DESC LIMIT 1',
  })
  return row ?? { id: 0, tag: 0 }
}

interface LoggedRow {
  readonly newestId: number
  readonly newestTag: number
  /** Of `after` itself first, with its tag as it is; then of those behind it that tell of the company. */
  readonly id: number
  readonly tag: number
  readonly lines: string | null
}

/** What one announcement tells of a company. */
interface Told {
  readonly place: LivePlace
  readonly lines: readonly LiveLine[]
}

/**
 * What was announced of a company behind a place, and the newest place of all. null when the log does not hold the place
 * any more, when more than `rowsMax` announcements lie behind it, or when they tell more than `linesMax` lines.
 */
export async function listAnnounced(
  db: Db,
  companyId: number,
  { after, rowsMax, linesMax }: { readonly after: LivePlace; readonly rowsMax: number; readonly linesMax: number },
): Promise<{ readonly told: readonly Told[]; readonly newest: LivePlace } | null> {
  const rows = await db.query<LoggedRow>({
    name: 'list-announced',
    text: `WITH newest AS (SELECT id, tag FROM live_log ORDER BY id DESC LIMIT 1)
      SELECT newest.id AS "newestId", newest.tag AS "newestTag", log.id, log.tag, of_company.lines
      FROM newest JOIN live_log AS log ON log.id >= $2 AND newest.id - $2 <= $3
      LEFT JOIN LATERAL (
        SELECT string_agg(line, E'\\n' ORDER BY place) AS lines
        FROM string_to_table(log.lines, E'\\n') WITH ORDINALITY AS one (line, place) WHERE line LIKE $1 || '|%'
      ) AS of_company ON log.id > $2
      WHERE log.id = $2 OR of_company.lines IS NOT NULL
      ORDER BY log.id LIMIT $4`,
    values: [String(companyId), after.id, rowsMax, linesMax + 2],
  })
  const [first, ...logged] = rows
  if (first === undefined || first.id !== after.id || first.tag !== after.tag) return null
  const told = logged.map(({ id, tag, lines }) => ({ place: { id, tag }, lines: readLiveLines(lines ?? '') }))
  const count = told.reduce((sum, { lines }) => sum + lines.length, 0)
  if (count > linesMax) return null
  return { told, newest: { id: first.newestId, tag: first.newestTag } }
}
