import type { Db } from '../database.ts'
import type { LiveLine } from './live-line.ts'

export interface RecentChanges {
  /** The last change of each lead that changed, oldest first; `previousStage` is not known. */
  readonly changes: readonly LiveLine[]
  /** Rows of the timeline behind them, up to the limit. */
  readonly rows: number
}

/** What happened to a company's leads since an instant, read from at most `limit` rows of the timeline. */
export async function listRecentChanges(
  db: Db,
  companyId: number,
  { since, limit }: { readonly since: string; readonly limit: number },
): Promise<RecentChanges> {
  const found = await db.query<LiveLine & { rows: number }>({
    name: 'list-recent-changes',
    text: `WITH recent AS (
        SELECT lead_id, revision, event, at FROM timeline WHERE company_id = $1 AND at >= $2
        ORDER BY at, lead_id LIMIT $3
      ), last AS (
        SELECT DISTINCT ON (lead_id) lead_id, event, at FROM recent ORDER BY lead_id, revision DESC
      )
      SELECT card.company_id AS "companyId", card.lead_id AS "leadId", card.revision, last.event, card.stage,
        NULL AS "previousStage", last.at, (SELECT count(*) FROM recent) AS rows
      FROM last JOIN lead_card AS card ON card.company_id = $1 AND card.lead_id = last.lead_id
      ORDER BY last.at, card.lead_id`,
    values: [companyId, since, limit],
  })
  return { changes: found, rows: found[0]?.rows ?? 0 }
}
