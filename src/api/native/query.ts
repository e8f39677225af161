import type { FastifyRequest } from 'fastify'
import type { DuplicateWish } from '../../app/pipeline/find-duplicates.ts'
import type { BoardScope } from '../../app/pipeline/read-columns.ts'
import type { StatisticsWish } from '../../app/pipeline/read-statistics.ts'
import { refuse } from '../../core/errors.ts'
import { LEAD_SOURCES } from '../../core/lead/lead.ts'
import { type AssigneeWish, LEAD_SORTS, type LeadFilter, type LeadSort } from '../../core/lead/lead-filter.ts'
import { SEARCH_LENGTH_MAX } from '../../core/lead/search-terms.ts'
import { BOARD_STAGES, type BoardStage, FIRST_STATUS, REPORT_STATUSES } from '../../core/lead/status-rules.ts'
import { isCalendarDate } from '../../lib/calendar.ts'
import { characterCount, isStorableText } from '../../lib/text.ts'

export const LIMIT_MAX = 200
const LIMIT_DEFAULT = 50
const BOARD_LIMIT_MAX = 100
const BOARD_LIMIT_DEFAULT = 25
/** Values of one parameter at most. */
const VALUES_MAX = 50
const IDS_MAX = 500
const TEXT_LENGTH_MAX = 254

/** The values of each parameter, in the order of the request; a parameter that was not given is absent. */
type Parameters<Name extends string> = { readonly [N in Name]?: readonly string[] }

/** The query's parameters. One that the operation does not have is refused: a misspelt filter must not show everything. */
export function readParameters<Name extends string>(request: FastifyRequest, known: readonly Name[]): Parameters<Name> {
  const read: { [N in Name]?: readonly string[] } = {}
  for (const [sent, value] of Object.entries(request.query as Record<string, string | string[]>)) {
    const name = known.find((candidate) => candidate === sent)
    if (name === undefined) {
      const shown = sent.length > 40 ? `${sent.slice(0, 40)}…` : sent
      const others = known.length === 0 ? 'there are none' : `the parameters are ${known.join(', ')}`
      const text = `There is no parameter ${shown.replace(/[{}]/g, '')}; ${others}.`
      return refuse('request.parameter-invalid', text, { field: shown })
    }
    read[name] = [value].flat()
  }
  return read
}

const FILTERS = [
  'q',
  'id',
  'boardStage',
  'status',
  'source',
  'category',
  'assignee',
  'requiresAction',
  'createdFrom',
  'createdTo',
  'deleted',
  'sort',
] as const

export interface LeadWish {
  readonly filter: LeadFilter
  readonly sort: LeadSort
}

export interface PageWish {
  readonly cursor: string | null
  readonly limit: number
}

/** The query of `GET /v1/leads.csv`: what `GET /v1/leads` takes, without pages. */
export function readExportQuery(request: FastifyRequest): LeadWish {
  return readWish(readParameters(request, FILTERS))
}

/** The query of `GET /v1/leads`. */
export function readLeadQuery(request: FastifyRequest): LeadWish & PageWish {
  const parameters = readParameters(request, [...FILTERS, 'cursor', 'limit'])
  return {
    ...readWish(parameters),
    cursor: one('cursor', parameters.cursor),
    limit: readLimit(parameters.limit, LIMIT_MAX) ?? LIMIT_DEFAULT,
  }
}

export interface BoardWish extends PageWish {
  readonly scope: BoardScope
}

/** The query of `GET /v1/board`, which has no cursor, and of `GET /v1/board/{boardStage}`. */
export function readBoardQuery(request: FastifyRequest, pages: 'first' | 'any'): BoardWish {
  const known = ['assignee', 'q', 'limit'] as const
  const parameters = readParameters(request, pages === 'first' ? known : [...known, 'cursor'])
  return {
    scope: {
      assignee: readAssignee(parameters.assignee),
      q: readText('q', one('q', parameters.q), SEARCH_LENGTH_MAX),
    },
    cursor: one('cursor', parameters.cursor),
    limit: readLimit(parameters.limit, BOARD_LIMIT_MAX) ?? BOARD_LIMIT_DEFAULT,
  }
}

/** The query of `GET /v1/statistics`. */
export function readStatisticsQuery(request: FastifyRequest): StatisticsWish {
  const { from, to, assignee } = readParameters(request, ['from', 'to', 'assignee'])
  return { ...readPeriod(['from', from], ['to', to]), assignee: readAssignee(assignee) }
}

/** The query of `GET /v1/leads/duplicates`. */
export function readDuplicateQuery(request: FastifyRequest): DuplicateWish {
  const { email, phone, except } = readParameters(request, ['email', 'phone', 'except'])
  const exceptText = one('except', except)
  return {
    email: readText('email', one('email', email), TEXT_LENGTH_MAX),
    phone: readText('phone', one('phone', phone), TEXT_LENGTH_MAX),
    except: exceptText === null ? null : readIdOf('except', exceptText),
  }
}

/** The stage that the path of a board's column names. */
export function readStage(text: string): BoardStage {
  return (
    BOARD_STAGES.find((stage) => stage === text) ?? invalid('boardStage', `must be one of ${BOARD_STAGES.join(', ')}.`)
  )
}

function readWish(parameters: Parameters<(typeof FILTERS)[number]>): LeadWish {
  const { q, id, boardStage, status, source, category, assignee, requiresAction, deleted, sort } = parameters
  const period = readPeriod(['createdFrom', parameters.createdFrom], ['createdTo', parameters.createdTo])
  const filter: LeadFilter = {
    q: readText('q', one('q', q), SEARCH_LENGTH_MAX),
    ids: readIds('id', id),
    stages: readChoices('boardStage', boardStage, BOARD_STAGES),
    statuses: readChoices('status', status, [FIRST_STATUS, ...REPORT_STATUSES]),
    sources: readChoices('source', source, LEAD_SOURCES),
    categories: readTexts('category', category),
    assignee: readAssignee(assignee),
    requiresAction: readFlag('requiresAction', requiresAction),
    createdFrom: period.from,
    createdTo: period.to,
    deleted: readFlag('deleted', deleted) ?? false,
  }
  if (filter.deleted && filter.stages !== null) {
    invalid('boardStage', 'cannot be combined with deleted=true: a deleted lead stands in no column.')
  }
  return { filter, sort: readSort(one('sort', sort)) }
}

type Sent = readonly string[] | undefined

/** The value of a parameter that cannot repeat. */
function one(name: string, values: Sent): string | null {
  if (values === undefined) return null
  return values.length === 1 ? (values[0] ?? null) : invalid(name, 'is given more than once.')
}

/** A list of words of a closed list, repeated or parted by commas; null when there is none. */
function readChoices<W extends string>(name: string, values: Sent, words: readonly W[]): W[] | null {
  if (values === undefined) return null
  const chosen = new Set<W>()
  for (const part of values.flatMap((value) => value.split(','))) {
    const word = words.find((candidate) => candidate === part)
    if (word === undefined) return invalid(name, `must be one or more of ${words.join(', ')}, parted by commas.`)
    chosen.add(word)
  }
  return [...chosen].sort()
}

/** Ids, repeated or parted by commas; null when there are none. */
function readIds(name: string, values: Sent): number[] | null {
  if (values === undefined) return null
  const ids = new Set(values.flatMap((value) => value.split(',')).map((text) => readIdOf(name, text)))
  return ids.size > IDS_MAX ? invalid(name, `names more than ${IDS_MAX} leads.`) : [...ids].sort((a, b) => a - b)
}

/** Texts of the client's own; only repeated, as any of them may hold a comma. */
function readTexts(name: string, values: Sent): string[] | null {
  if (values === undefined) return null
  if (values.length > VALUES_MAX) return invalid(name, `is given more than ${VALUES_MAX} times.`)
  const texts = values.map(
    (value) => readText(name, value, TEXT_LENGTH_MAX) ?? invalid(name, 'must not be empty; leave it out instead.'),
  )
  return [...new Set(texts)].sort()
}

/** Trimmed; null when blank. */
function readText(name: string, value: string | null, lengthMax: number): string | null {
  if (value === null) return null
  if (!isStorableText(value)) return invalid(name, 'holds a character that no text can have.')
  const text = value.trim()
  if (characterCount(text) > lengthMax) return invalid(name, `must have at most ${lengthMax} characters.`)
  return text === '' ? null : text
}

function readAssignee(values: Sent): AssigneeWish | null {
  const text = one('assignee', values)
  if (text === null || text === 'me' || text === 'none') return text
  return readIdOf('assignee', text, 'a user’s id, me or none')
}

function readIdOf(name: string, text: string, kind = 'a whole number above 0'): number {
  const id = /^\d{1,16}$/.test(text) ? Number(text) : 0
  return id > 0 && Number.isSafeInteger(id) ? id : invalid(name, `must be ${kind}.`)
}

function readFlag(name: string, values: Sent): boolean | null {
  const text = one(name, values)
  if (text === null) return null
  return text === 'true' || (text === 'false' ? false : invalid(name, 'must be true or false.'))
}

function readSort(text: string | null): LeadSort {
  if (text === null) return 'newest'
  return LEAD_SORTS.find((sort) => sort === text) ?? invalid('sort', `must be one of ${LEAD_SORTS.join(', ')}.`)
}

function readLimit(values: Sent, max: number): number | null {
  const text = one('limit', values)
  if (text === null) return null
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0
  return limit >= 1 && limit <= max ? limit : invalid('limit', `must be a whole number from 1 to ${max}.`)
}

type SentPart = readonly [name: string, values: Sent]

function readPeriod(first: SentPart, last: SentPart): { from: string | null; to: string | null } {
  const [from, to] = [readDate(...first), readDate(...last)]
  if (from !== null && to !== null && to < from) invalid(last[0], `must not be before ${first[0]}.`)
  return { from, to }
}

function readDate(name: string, values: Sent): string | null {
  const text = one(name, values)
  return text === null || isCalendarDate(text) ? text : invalid(name, 'must be a calendar date in the form YYYY-MM-DD.')
}

function invalid(name: string, rule: string): never {
  refuse('request.parameter-invalid', `${name} ${rule}`, { field: name })
}
