import type { CardStage } from '../../core/lead/board-stage.ts'
import type { LeadSource } from '../../core/lead/lead.ts'
import type { SearchTerm } from '../../core/lead/search-terms.ts'
import type { LeadStatus } from '../../core/lead/status-rules.ts'

/** Which cards of a company a list walks; null filters nothing, and of a list one must fit. */
export interface CardFilter {
  readonly companyId: number
  /** Lists of these leads are picked, never walked. */
  readonly ids: readonly number[] | null
  readonly stages: readonly CardStage[]
  readonly statuses: readonly LeadStatus[] | null
  readonly sources: readonly LeadSource[] | null
  readonly categories: readonly string[] | null
  readonly assigneeId: number | null
  /** Only leads that nobody has. */
  readonly unassigned: boolean
  readonly requiresAction: boolean | null
  /** ISO instant by which it is told whether action is required. */
  readonly now: string
  /** ISO instants: from the first on, before the second. */
  readonly createdFrom: string | null
  readonly createdUntil: string | null
  readonly terms: readonly SearchTerm[]
}

/** Values of a statement whose text depends on what is asked. */
export interface Values {
  readonly all: readonly unknown[]
  /** Takes a value; gives its place in the text, such as $3. */
  add(value: unknown): string
}

export function makeValues(): Values {
  const all: unknown[] = []
  return {
    all,
    add(value) {
      all.push(value)
      return `$${all.length}`
    },
  }
}

/** Conditions on a card `c` that the indexes of the lists hold behind the stage, but for the assignee 'none'. */
export function indexedConditions(filter: CardFilter, values: Values): string[] {
  const { assigneeId, createdFrom, createdUntil } = filter
  const conditions: string[] = []
  if (assigneeId !== null) conditions.push(`c.assignee_id = ${values.add(assigneeId)}::bigint`)
  if (createdFrom !== null) conditions.push(`c.created_at >= ${values.add(createdFrom)}::timestamptz`)
  if (createdUntil !== null) conditions.push(`c.created_at < ${values.add(createdUntil)}::timestamptz`)
  return conditions
}

/** Conditions on a card `c` that a walk can only look at row by row. */
export function cardConditions(filter: CardFilter, values: Values): string[] {
  const { statuses, sources, categories, unassigned, requiresAction, now } = filter
  const conditions: string[] = []
  if (statuses !== null) conditions.push(`c.status = ANY (${values.add(statuses)}::text[])`)
  if (sources !== null) conditions.push(`c.source = ANY (${values.add(sources)}::text[])`)
  if (categories !== null) conditions.push(`c.category = ANY (${values.add(categories)}::text[])`)
  if (unassigned) conditions.push('c.assignee_id IS NULL')
  if (requiresAction === true) conditions.push(dueCondition(now, values))
  if (requiresAction === false) conditions.push(`(${dueCondition(now, values)}) IS NOT TRUE`)
  return conditions
}

/** True when some condition is in no index, so that a count has to look at rows. */
export function mustLook(filter: CardFilter): boolean {
  return filter.terms.length > 0 || cardConditions(filter, makeValues()).length > 0
}

/** True of a card `c` that requires action. */
export function dueCondition(now: string, values: Values): string {
  return `c.action_due_at <= ${values.add(now)}::timestamptz`
}

/** What `search_grams` takes at a time, in bytes. */
const GRAM_LENGTH = 3

/** Conditions on a search entry `s`, one a term. */
export function termConditions(terms: readonly SearchTerm[], values: Values): string[] {
  return terms.map(({ texts, atWordStart, leadId }) => {
    const ways = texts.map((text) => hasText(text, atWordStart, values))
    if (leadId !== null) ways.push(`s.lead_id = ${values.add(leadId)}::bigint`)
    return anyOf(ways)
  })
}

/**
 * The same where the terms must lead to the entries of a company: what an index holds of each text comes first, and stands
 * by itself, so that nobody works out the grams of what was found.
 */
export function indexedTermConditions(
  terms: readonly SearchTerm[],
  { company, values }: { readonly company: string; readonly values: Values },
): string[] {
  const indexed = terms.flatMap(({ texts, atWordStart, leadId }) => {
    if (!atWordStart && texts.some((text) => text.length < GRAM_LENGTH)) return []
    // The first two grams of a word are those of its beginning.
    const part = atWordStart ? '' : `[${GRAM_LENGTH}:]`
    const grams = texts.map((text) => `(search_grams(${company}, lower(${values.add(text)})))${part}`)
    const ways = grams.map((one) => `search_grams(s.company_id, s.text) @> ${one}`)
    if (leadId !== null) ways.push(`(s.company_id = ${company} AND s.lead_id = ${values.add(leadId)}::bigint)`)
    return [anyOf(ways)]
  })
  return [...indexed, ...termConditions(terms, values)]
}

function hasText(text: string, atWordStart: boolean, values: Values): string {
  const literal = text.replace(/[\\%_]/g, '\\$&')
  const patterns = atWordStart ? [`${literal}%`, `% ${literal}%`] : [`%${literal}%`]
  return anyOf(patterns.map((pattern) => `s.text LIKE lower(${values.add(pattern)})`))
}

function anyOf(conditions: readonly string[]): string {
  return `(${conditions.join(' OR ')})`
}
