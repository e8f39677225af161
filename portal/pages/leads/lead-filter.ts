import type { LeadFilter } from '../../api/keys.ts'
import { SOURCE_WORDS, STAGE_COLORS, STATUS_WORDS } from '../../words.ts'

export const SORT_WORDS = {
  newest: 'Newest first',
  oldest: 'Oldest first',
  changed: 'Last changed',
  name: 'Name',
  amount: 'Highest amount',
  'next-action': 'Next action',
} as const
export type LeadSort = keyof typeof SORT_WORDS
export const FIRST_SORT: LeadSort = 'newest'

/** The query part of an address: a word given twice is a list. */
export type Words = Record<string, string | string[] | undefined>

type Stage = keyof typeof STAGE_COLORS
type Status = keyof typeof STATUS_WORDS
type Source = keyof typeof SOURCE_WORDS

const DATE = /^\d{4}-\d{2}-\d{2}$/
const ASSIGNEE = /^(me|none|[1-9]\d{0,17})$/

/** Takes from an address what it understands and leaves the rest: an old or mistyped link still shows leads. */
export function readFilter(words: Words): LeadFilter {
  const [q] = listOf(words['q'])
  const [assignee] = listOf(words['assignee'])
  const [sort] = listOf(words['sort'])
  const [createdFrom, createdTo] = [dayOf(words['createdFrom']), dayOf(words['createdTo'])]
  const isTrash = words['deleted'] === 'true'
  return {
    ...(q !== undefined && q.trim() !== '' ? { q } : {}),
    // A deleted lead stands at no stage.
    ...some('boardStage', isTrash ? [] : known<Stage>(words['boardStage'], STAGE_COLORS)),
    ...some('status', known<Status>(words['status'], STATUS_WORDS)),
    ...some('source', known<Source>(words['source'], SOURCE_WORDS)),
    ...some('category', listOf(words['category'])),
    ...(assignee !== undefined && ASSIGNEE.test(assignee) ? { assignee } : {}),
    ...(words['requiresAction'] === 'true' ? { requiresAction: true } : {}),
    ...(createdFrom === null ? {} : { createdFrom }),
    ...(createdTo === null ? {} : { createdTo }),
    ...(isTrash ? { deleted: true } : {}),
    ...(sort !== undefined && sort !== FIRST_SORT && isSort(sort) ? { sort } : {}),
  }
}

/** The filter as an address has it; the inverse of readFilter. */
export function toWords(filter: LeadFilter): Words {
  const pairs = Object.entries(filter).filter(([, value]) => value !== undefined && value !== false && value !== '')
  return Object.fromEntries(
    pairs.map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : String(value)]),
  )
}

/** A saved view's query part: "boardStage=New&sort=name". */
export function toQuery(filter: LeadFilter): string {
  const out = new URLSearchParams()
  for (const [name, value] of Object.entries(toWords(filter))) for (const one of listOf(value)) out.append(name, one)
  return out.toString()
}

export function fromQuery(query: string): LeadFilter {
  const words: Record<string, string[]> = {}
  for (const [name, value] of new URLSearchParams(query)) words[name] = [...(words[name] ?? []), value]
  const single = Object.entries(words).map(([name, values]) => [name, values.length === 1 ? values[0] : values])
  return readFilter(Object.fromEntries(single) as Words)
}

/** How many things narrow the list down; its order and the trash do not. */
export function countFilters({ sort: _, deleted: __, ...filter }: LeadFilter): number {
  return Object.keys(filter).length
}

export function isSort(text: string): text is LeadSort {
  return Object.hasOwn(SORT_WORDS, text)
}

function listOf(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}

function known<T extends string>(value: string | string[] | undefined, words: Readonly<Record<T, string>>): T[] {
  return listOf(value).filter((word): word is T => Object.hasOwn(words, word))
}

function some<N extends string, T>(name: N, values: T[]): { [K in N]?: T[] } {
  return (values.length === 0 ? {} : { [name]: values }) as { [K in N]?: T[] }
}

function dayOf(value: string | string[] | undefined): string | null {
  const [text] = listOf(value)
  return text !== undefined && DATE.test(text) && !Number.isNaN(Date.parse(text)) ? text : null
}
