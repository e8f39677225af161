import type { Client } from '../client.ts'
import { ask, type WholeLead } from './made-leads.ts'

type Key = readonly (string | number)[]

/** What the list should be, worked out from whole leads in the plainest way. */
export const MODEL_ORDERS: Readonly<Record<string, (lead: WholeLead) => Key>> = {
  newest: ({ createdAt, id }) => [-Date.parse(createdAt), -id],
  oldest: ({ createdAt, id }) => [Date.parse(createdAt), id],
  changed: ({ modifiedAt, id }) => [-Date.parse(modifiedAt), -id],
  name: ({ name, id }) => [name.toLowerCase(), id],
  amount: (lead) => {
    const amount = lead.jobAmount ?? lead.value
    return amount === null ? [1, -Date.parse(lead.createdAt), -lead.id] : [0, -Number(amount), -lead.id]
  },
  'next-action': ({ nextActionDate, createdAt, id }) =>
    nextActionDate === null ? [1, -Date.parse(createdAt), -id] : [0, nextActionDate, id],
}

export function inOrder(leads: readonly WholeLead[], sort: string): number[] {
  const keyOf = MODEL_ORDERS[sort]
  if (keyOf === undefined) throw new Error(`no order ${sort}`)
  return leads
    .map((lead) => ({ id: lead.id, key: keyOf(lead) }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ id }) => id)
}

function compare(a: Key, b: Key): number {
  for (const [i, part] of a.entries()) {
    const other = b[i] ?? ''
    if (part !== other) return part < other ? -1 : 1
  }
  return 0
}

export interface CardPage {
  readonly leads: readonly (Record<string, unknown> & { readonly id: number })[]
  readonly nextCursor: string | null
  readonly total: number
  readonly totalIsExact: boolean
}

export async function pageOf(call: Client, query: string): Promise<CardPage> {
  return (await ask(call, 'GET', `/leads${query === '' ? '' : `?${query}`}`)) as unknown as CardPage
}

/** The ids of a list, page by page; fails when it does not end, or when the pages differ about the total. */
export async function walk(call: Client, query: string, limit: number): Promise<number[]> {
  const seen: number[] = []
  let cursor: string | null = null
  for (let pages = 0; pages < 500; pages += 1) {
    const page: CardPage = await pageOf(call, `limit=${limit}&${query}${cursor === null ? '' : `&cursor=${cursor}`}`)
    if (page.leads.length > limit) throw new Error('the page is too long')
    seen.push(...page.leads.map(({ id }) => id))
    if (page.nextCursor === null) {
      if (page.totalIsExact && page.total !== seen.length) throw new Error(`${page.total} in all, ${seen.length} seen`)
      return seen
    }
    cursor = page.nextCursor
  }
  throw new Error('the pages do not end')
}
