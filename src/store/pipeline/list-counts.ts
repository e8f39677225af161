import type { Db } from '../database.ts'
import { type CardFilter, cardConditions, indexedConditions, makeValues, termConditions } from './card-filter.ts'

/**
 * How many cards fit, up to `max`. Of each stage no more than `looks` are looked at; null looks at all, most of them in
 * the index alone, and not with words to search for.
 */
export async function countCards(
  db: Db,
  filter: CardFilter,
  { max, looks }: { max: number; looks: number | null },
): Promise<number> {
  const values = makeValues()
  const company = `${values.add(filter.companyId)}::bigint`
  const terms = termConditions(filter.terms, values)
  const inSearch = `(SELECT ${terms.join(' AND ')} FROM lead_search AS s
    WHERE s.company_id = ${company} AND s.lead_id = c.lead_id)`
  const ofCard = cardConditions(filter, values)
  const fits = [...(looks === null ? [] : ofCard), ...(terms.length === 0 ? [] : [inSearch])]
  const where = ['c.stage = branch.stage', ...indexedConditions(filter, values), ...(looks === null ? ofCard : [])]
  const ofStage = values.add(looks ?? max)
  const text = `SELECT count(*) AS found FROM (
      SELECT 1 FROM unnest(${values.add(filter.stages)}::text[]) AS branch (stage) CROSS JOIN LATERAL (
        SELECT ${fits.length === 0 ? 'true' : fits.join(' AND ')} AS fits FROM lead_card AS c
        WHERE c.company_id = ${company} AND ${where.join(' AND ')} LIMIT ${ofStage}
      ) AS looked WHERE fits LIMIT ${values.add(max)}
    ) AS found`
  const rows = await db.query<{ found: number }>({ text, values: values.all })
  return rows[0]?.found ?? 0
}
