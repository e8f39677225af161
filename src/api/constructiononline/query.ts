import type { FastifyRequest } from 'fastify'
import { refuse } from '../../core/errors.ts'
import { isCalendarDate } from '../../lib/calendar.ts'
import { readId } from '../kit/parameters.ts'

export const TAKE_MAX = 1000

/** What a GET asks for. */
export type ListQuery =
  | { readonly kind: 'one'; readonly leadId: number }
  | { readonly kind: 'all'; readonly fromDate: string | null }
  | { readonly kind: 'page'; readonly fromDate: string | null; readonly skip: number; readonly take: number }

const NAMES = ['id', 'fromDate', 'skip', 'take'] as const
type Name = (typeof NAMES)[number]

/**
 * The parameters of this API. Our choice: names ignore letter case, one given twice is refused, and unknown ones are
 * ignored, as clients add their own (to get past a cache, for instance).
 */
function parametersOf(request: FastifyRequest): ReadonlyMap<Name, string> {
  const found = new Map<Name, string>()
  for (const [sent, value] of Object.entries(request.query as Record<string, string | string[]>)) {
    const name = NAMES.find((known) => known.toLowerCase() === sent.toLowerCase())
    if (name === undefined) continue
    if (typeof value !== 'string' || found.has(name)) {
      return refuse('request.parameter-invalid', `The parameter ${name} is given more than once.`)
    }
    found.set(name, value)
  }
  return found
}

/** The id that a PUT must name in its query string (documented). */
export function readLeadId(request: FastifyRequest): number {
  const id = parametersOf(request).get('id')
  if (id === undefined) return refuse('request.id-invalid', 'The parameter id is required.')
  return readId(id.trim(), 'id')
}

/** Documented: no parameters. By analogy with the sister resources: `id`, `fromDate`, `skip` with `take`. */
export function readListQuery(request: FastifyRequest): ListQuery {
  const parameters = parametersOf(request)
  const id = parameters.get('id')
  if (id !== undefined) {
    if (parameters.size > 1) {
      refuse('request.parameter-invalid', 'The parameter id cannot be combined with fromDate, skip or take.')
    }
    return { kind: 'one', leadId: readId(id.trim(), 'id') }
  }
  const fromDate = parameters.get('fromDate') ?? null
  if (fromDate !== null && !isCalendarDate(fromDate)) {
    refuse('request.parameter-invalid', 'The parameter fromDate must be a calendar date in the form YYYY-MM-DD.')
  }
  const skip = parameters.get('skip')
  const take = parameters.get('take')
  if (skip === undefined && take === undefined) return { kind: 'all', fromDate }
  if (skip === undefined || take === undefined) {
    return refuse('request.parameter-invalid', 'The parameters skip and take go together.')
  }
  return {
    kind: 'page',
    fromDate,
    skip: readCount('skip', skip, 0, Number.MAX_SAFE_INTEGER),
    take: readCount('take', take, 1, TAKE_MAX),
  }
}

function readCount(name: Name, text: string, min: number, max: number): number {
  const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
  if (value >= min && value <= max) return value
  return refuse('request.parameter-invalid', `The parameter ${name} must be a whole number from ${min} to ${max}.`)
}
