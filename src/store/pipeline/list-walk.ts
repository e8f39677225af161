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
  /** The row that used up the steps: what lies behind it in the order was not looked at. */
  readonly isLast: boolean
}

export interface WalkOptions {
  /** null begins at the beginning. */
  readonly after: Place | null
  /** Rows that are wanted, of each stage or of all together. */
  readonly wanted: number
  /**
   * Rows that are looked at, of each stage or of all together, so that a walk past what does not fit has an end. null
   * for a list that is short enough to be walked to its own: only rows that fit are met, most of them by the index alone.
   * Not with words to search for.
   */
  readonly steps: number | null
}

/** Where the walk asks in the row's own table, and what it must look up elsewhere. */
interface Parts {
  readonly from: string
  /** What the index holds, but for the stage. */
  readonly where: readonly string[]
  /** Asked of each row that is looked at; of its search entry, by the lead's id, what `sought` says. */
  readonly fits: readonly string[]
  readonly sought: (id: string) => readonly string[]
}

/**
 * Walks a stretch in its order and gives the rows that fit, together with the one at which the steps ended. Cards are
 * walked in branches, a stage each, that are merged as they are read: the walk ends at the row that fills the page.
 */
export function walkMerged(db: Db, filter: CardFilter, stretch: Stretch, options: WalkOptions): Promise<WalkedRow[]> {
  const values = makeValues()
  const { key, order } = stretch
  const { fits, sought, ...parts } = partsOf(filter, stretch, values, options.steps)
  const where = [...parts.where, ...placeCondition(stretch, options.after, values)]
  const last = values.add(options.steps ?? options.wanted)
  const id = idOf(stretch)
  const branch = (stage: string, ofStage: readonly string[]) => `(SELECT ${id} AS id, ${key} AS key, ${stage} AS stage,
      ${allOf(fits)} AS fits
    FROM ${parts.from} WHERE ${[...where, ...ofStage].join(' AND ')} ORDER BY ${key} ${order}, ${id} ${order} LIMIT ${last})`
  const branches =
    stretch.table === 'lead_card'
      ? filter.stages.map((one) => values.add(one)).map((one) => branch(`${one}::text`, [`c.stage = ${one}::text`]))
      : [branch("''", [])]
  const text = `SELECT w.id, w.key::text AS key, w.stage, w.fits, w.step = ${last} AS "isLast" FROM (
      SELECT m.id, m.key, m.stage, ${allOf(['m.fits', ...sought('m.id')])} AS fits,
        row_number() OVER (ORDER BY m.key ${order}, m.id ${order}) AS step
      FROM (${branches.join(' UNION ALL ')}) AS m ORDER BY m.key ${order}, m.id ${order} LIMIT ${last}
    ) AS w
    WHERE w.fits OR w.step = ${last} ORDER BY w.key ${order}, w.id ${order} LIMIT ${values.add(options.wanted)}`
  return db.query<WalkedRow>({ text, values: values.all })
}

/** As `walkMerged` along cards, each stage for itself: as many rows as are wanted, and as many steps, of each. */
export function walkStages(db: Db, filter: CardFilter, stretch: Stretch, options: WalkOptions): Promise<WalkedRow[]> {
  const values = makeValues()
  const { key, order } = stretch
  const { from, where, fits, sought } = partsOf(filter, stretch, values, options.steps)
  const conditions = ['c.stage = branch.stage', ...where, ...placeCondition(stretch, options.after, values)]
  const last = values.add(options.steps ?? options.wanted)
  const text = `SELECT w.id, w.key::text AS key, w.stage, w.fits, w.step = ${last} AS "isLast"
    FROM unnest(${values.add(filter.stages)}::text[]) AS branch (stage) CROSS JOIN LATERAL (
      SELECT * FROM (
        SELECT c.lead_id AS id, ${key} AS key, branch.stage, ${allOf([...fits, ...sought('c.lead_id')])} AS fits,
          row_number() OVER (ORDER BY ${key} ${order}, c.lead_id ${order}) AS step
        FROM ${from} WHERE ${conditions.join(' AND ')}
        ORDER BY ${key} ${order}, c.lead_id ${order} LIMIT ${last}
      ) AS walked
      WHERE fits OR step = ${last} LIMIT ${values.add(options.wanted)}
    ) AS w
    ORDER BY w.stage, w.key ${order}, w.id ${order}`
  return db.query<WalkedRow>({ text, values: values.all })
}

/** True when every row that the walk looks at fits. */
export function fitsThroughout(filter: CardFilter, stretch: Stretch): boolean {
  return stretch.table === 'lead_card' && asksNothingOf(partsOf(filter, stretch, makeValues(), 1))
}

/** True when the words of a search do not matter, nor what search entries say, so that a walk needs no number of steps. */
export function fitsByCard(filter: CardFilter, stretch: Stretch): boolean {
  return stretch.table === 'lead_card' && asksNothingOf(partsOf(filter, stretch, makeValues(), null))
}

function asksNothingOf({ fits, sought }: Parts): boolean {
  return fits.length === 0 && sought('').length === 0
}

function idOf({ key }: Stretch): string {
  return `${key.slice(0, 1)}.lead_id`
}

function allOf(conditions: readonly string[]): string {
  return conditions.length === 0 ? 'true' : conditions.join(' AND ')
}

function placeCondition({ key, type, order }: Stretch, after: Place | null, values: Values): string[] {
  if (after === null) return []
  const place = `(${values.add(after.key)}::${type}, ${values.add(after.id)}::bigint)`
  return [`(${key}, ${key.slice(0, 1)}.lead_id) ${order === 'ASC' ? '>' : '<'} ${place}`]
}

function partsOf(filter: CardFilter, stretch: Stretch, values: Values, steps: number | null): Parts {
  const company = `${values.add(filter.companyId)}::bigint`
  const indexed = indexedConditions(filter, values)
  const ofCard = [...cardConditions(filter, values), ...(stretch.card === undefined ? [] : [stretch.card])]
  const ofSearch = [...termConditions(filter.terms, values), ...(stretch.search === undefined ? [] : [stretch.search])]
  const own = stretch.indexed === undefined ? [] : [stretch.indexed]
  // One row by its key each time: a join could come to read the whole other table.
  const inSearch = (id: string) =>
    ofSearch.length === 0
      ? []
      : [
          `coalesce((SELECT ${allOf(ofSearch)} FROM lead_search AS s WHERE s.company_id = ${company} AND s.lead_id = ${id}), false)`,
        ]
  if (stretch.table === 'lead_card') {
    return {
      from: 'lead_card AS c',
      where: [`c.company_id = ${company}`, ...indexed, ...own, ...(steps === null ? ofCard : [])],
      fits: steps === null ? [] : ofCard,
      sought: inSearch,
    }
  }
  const inCard = (id: string, more: readonly string[]) =>
    `coalesce((SELECT ${allOf([...more, `c.stage = ANY (${values.add(filter.stages)}::text[])`, ...indexed, ...ofCard])}
      FROM lead_card AS c WHERE c.company_id = ${company} AND c.lead_id = ${id}), false)`
  return stretch.table === 'lead_search'
    ? {
        from: 'lead_search AS s',
        where: [`s.company_id = ${company}`, ...own],
        fits: [...ofSearch, inCard('s.lead_id', [])],
        sought: () => [],
      }
    : {
        from: 'timeline AS t',
        where: [`t.company_id = ${company}`, ...own],
        fits: [inCard('t.lead_id', ['c.revision = t.revision'])],
        sought: inSearch,
      }
}
