import { plainArray } from '../../lib/pg-array.ts'
import type { Db } from '../database.ts'
import {
  type CardFilter,
  cardConditions,
  indexedConditions,
  makeValues,
  termConditions,
  type Values,
} from './card-filter.ts'
import type { Stretch } from './list-orders.ts'
import type { Place } from './list-walk.ts'
import type { StageTotal } from './stage-totals.ts'

export interface PickOptions {
  /** The few leads among which to pick. */
  readonly ids: readonly number[]
  /** null begins at the beginning. */
  readonly after: Place | null
  readonly wanted: number
}

/** Those of a few leads that fit, in the order of a stretch. */
export function pickInOrder(
  db: Db,
  filter: CardFilter,
  stretch: Stretch,
  { ids, after, wanted }: PickOptions,
): Promise<Place[]> {
  const values = makeValues()
  const { key, type, order, indexed, card, search } = stretch
  const from = fromHits(filter, ids, { values, looksUp: key.startsWith('s.') || search !== undefined })
  const where = [...conditions(filter, values), ...[indexed, card, search].filter((one) => one !== undefined)]
  if (after !== null) {
    const place = `(${values.add(after.key)}::${type}, ${values.add(after.id)}::bigint)`
    where.push(`(${key}, c.lead_id) ${order === 'ASC' ? '>' : '<'} ${place}`)
  }
  const text = `SELECT c.lead_id AS id, ${key}::text AS key FROM ${from}
    ${key.startsWith('t.') ? 'JOIN timeline AS t ON (t.company_id, t.lead_id, t.revision) = (c.company_id, c.lead_id, c.revision)' : ''}
    WHERE ${where.join(' AND ')} ORDER BY ${key} ${order}, c.lead_id ${order} LIMIT ${values.add(wanted)}`
  return db.query<Place>({ text, values: values.all })
}

/** The same of each stage for itself: as many as are wanted of each. */
export function pickStages(
  db: Db,
  filter: CardFilter,
  { key, type, order }: Stretch,
  { ids, after, wanted }: PickOptions,
): Promise<(Place & { readonly stage: string })[]> {
  const values = makeValues()
  const where = conditions(filter, values)
  if (after !== null) {
    const place = `(${values.add(after.key)}::${type}, ${values.add(after.id)}::bigint)`
    where.push(`(${key}, c.lead_id) ${order === 'ASC' ? '>' : '<'} ${place}`)
  }
  const text = `SELECT id, key::text AS key, stage FROM (
      SELECT c.lead_id AS id, ${key} AS key, c.stage,
        row_number() OVER (PARTITION BY c.stage ORDER BY ${key} ${order}, c.lead_id ${order}) AS step
      FROM ${fromHits(filter, ids, { values, looksUp: false })} WHERE ${where.join(' AND ')}
    ) AS fitting WHERE step <= ${values.add(wanted)} ORDER BY stage, step`
  return db.query({ text, values: values.all })
}

/** How many of a few leads fit at each stage, and what they come to. */
export function totalPicked(db: Db, filter: CardFilter, ids: readonly number[]): Promise<StageTotal[]> {
  const values = makeValues()
  const from = fromHits(filter, ids, { values, looksUp: false })
  const text = `SELECT c.stage, count(*) AS leads, coalesce(sum(c.amount), 0)::numeric(20, 2) AS amount
    FROM ${from} WHERE ${conditions(filter, values).join(' AND ')} GROUP BY c.stage`
  return db.query<StageTotal>({ text, values: values.all })
}

/** How many of a few leads fit. */
export async function countPicked(db: Db, filter: CardFilter, ids: readonly number[]): Promise<number> {
  const values = makeValues()
  const from = fromHits(filter, ids, { values, looksUp: false })
  const text = `SELECT count(*) AS found FROM ${from} WHERE ${conditions(filter, values).join(' AND ')}`
  const rows = await db.query<{ found: number }>({ text, values: values.all })
  return rows[0]?.found ?? 0
}

function conditions(filter: CardFilter, values: Values): string[] {
  return [
    `c.stage = ANY (${values.add(filter.stages)}::text[])`,
    ...indexedConditions(filter, values),
    ...cardConditions(filter, values),
    ...termConditions(filter.terms, values),
  ]
}

/** Each of the leads by its keys: a plain join could come to read whole tables. The search entry only where it is asked. */
function fromHits(
  { companyId, terms }: CardFilter,
  ids: readonly number[],
  { values, looksUp }: { readonly values: Values; readonly looksUp: boolean },
): string {
  const company = `${values.add(companyId)}::bigint`
  const byKey = (table: string) =>
    `CROSS JOIN LATERAL (SELECT * FROM ${table} WHERE company_id = ${company} AND lead_id = hit.lead_id LIMIT 1)`
  return `unnest(${values.add(plainArray(ids))}::bigint[]) AS hit (lead_id) ${byKey('lead_card')} AS c
    ${looksUp || terms.length > 0 ? `${byKey('lead_search')} AS s` : ''}`
}
