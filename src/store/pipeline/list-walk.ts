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

/** Where a stretch goes on: behind the row with this key. */
export interface Place {
  /** As PostgreSQL prints it. */
  readonly key: string
  readonly id: number
}

export interface WalkedRow extends Place {
  readonly stage: string
  readonly fits: boolean
  /** The row that used up its branch's steps: what lies behind it in the order was not looked at. */
  readonly isLast: boolean
}

export interface WalkOptions {
  /** null begins at the beginning. */
  readonly after: Place | null
  /** Rows that are wanted, of each branch or of all together. */
  readonly wanted: number
  /** Rows of each branch that are looked at, so that a walk past what does not fit has an end. */
  readonly steps: number
}

/** Where the walk asks in the row's own table, and what it must look up elsewhere. */
interface Parts {
  readonly branches: string
  readonly from: string
  readonly where: readonly string[]
  readonly fits: readonly string[]
}

/**
 * Walks a stretch in its order, in the branches of the filter's stages where it is one of cards, and gives the rows that
 * fit together with the one at which each branch's steps ended. The branches are merged.
 */
export function walkMerged(db: Db, filter: CardFilter, stretch: Stretch, options: WalkOptions): Promise<WalkedRow[]> {
  const values = makeValues()
  const { order } = stretch
  const text = `${walkText(filter, stretch, options, values)}
    ORDER BY w.key ${order}, w.id ${order} LIMIT ${values.add(options.wanted + filter.stages.length)}`
  return db.query<WalkedRow>({ text, values: values.all })
}

/** As `walkMerged`, each stage for itself: as many rows as are wanted of each. */
export function walkStages(db: Db, filter: CardFilter, stretch: Stretch, options: WalkOptions): Promise<WalkedRow[]> {
  const values = makeValues()
  const { order } = stretch
  const text = `${walkText(filter, stretch, options, values)} ORDER BY w.stage, w.key ${order}, w.id ${order}`
  return db.query<WalkedRow>({ text, values: values.all })
}

/** True when every row that the walk looks at fits. */
export function fitsThroughout(filter: CardFilter, stretch: Stretch): boolean {
  return stretch.table === 'lead_card' && partsOf(filter, stretch, makeValues()).fits.length === 0
}

function walkText(filter: CardFilter, stretch: Stretch, { after, wanted, steps }: WalkOptions, values: Values): string {
  const { key, type, order } = stretch
  const { branches, from, where, fits } = partsOf(filter, stretch, values)
  const id = `${key.slice(0, 1)}.lead_id`
  const conditions = [...where]
  if (after !== null) {
    const sign = order === 'ASC' ? '>' : '<'
    conditions.push(`(${key}, ${id}) ${sign} (${values.add(after.key)}::${type}, ${values.add(after.id)}::bigint)`)
  }
  const last = values.add(steps)
  return `SELECT w.id, w.key::text AS key, w.stage, w.fits, w.step = ${last} AS "isLast" FROM ${branches}
    CROSS JOIN LATERAL (
      SELECT * FROM (
        SELECT ${id} AS id, ${key} AS key, branch.stage, ${fits.length === 0 ? 'true' : fits.join(' AND ')} AS fits,
          row_number() OVER (ORDER BY ${key} ${order}, ${id} ${order}) AS step
        FROM ${from} WHERE ${conditions.join(' AND ')}
        ORDER BY ${key} ${order}, ${id} ${order} LIMIT ${last}
      ) AS walked
      WHERE fits OR step = ${last} LIMIT ${values.add(wanted)}
    ) AS w`
}

function partsOf(filter: CardFilter, stretch: Stretch, values: Values): Parts {
  const company = `${values.add(filter.companyId)}::bigint`
  const stages = `${values.add(filter.stages)}::text[]`
  const indexed = indexedConditions(filter, values)
  const ofCard = [...cardConditions(filter, values), ...(stretch.card === undefined ? [] : [stretch.card])]
  const ofSearch = [...termConditions(filter.terms, values), ...(stretch.search === undefined ? [] : [stretch.search])]
  const own = stretch.indexed === undefined ? [] : [stretch.indexed]
  // One row by its key each time: a join could come to read the whole other table.
  const inSearch = (id: string) =>
    `coalesce((SELECT ${ofSearch.join(' AND ')} FROM lead_search AS s WHERE s.company_id = ${company} AND s.lead_id = ${id}), false)`
  const inCard = (id: string, more: readonly string[]) =>
    `coalesce((SELECT ${[...more, `c.stage = ANY (${stages})`, ...indexed, ...ofCard].join(' AND ')}
      FROM lead_card AS c WHERE c.company_id = ${company} AND c.lead_id = ${id}), false)`
  const single = "(VALUES ('')) AS branch (stage)"
  switch (stretch.table) {
    case 'lead_card':
      return {
        branches: `unnest(${stages}) AS branch (stage)`,
        from: 'lead_card AS c',
        where: [`c.company_id = ${company}`, 'c.stage = branch.stage', ...indexed, ...own],
        fits: ofSearch.length === 0 ? ofCard : [...ofCard, inSearch('c.lead_id')],
      }
    case 'lead_search':
      return {
        branches: single,
        from: 'lead_search AS s',
        where: [`s.company_id = ${company}`, ...own],
        fits: [...ofSearch, inCard('s.lead_id', [])],
      }
    case 'timeline':
      return {
        branches: single,
        from: 'timeline AS t',
        where: [`t.company_id = ${company}`, ...own],
        fits: [
          inCard('t.lead_id', ['c.revision = t.revision']),
          ...(ofSearch.length === 0 ? [] : [inSearch('t.lead_id')]),
        ],
      }
  }
}
