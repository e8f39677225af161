import { refuse } from '../../core/errors.ts'
import type { LeadFilter, LeadSort } from '../../core/lead/lead-filter.ts'
import { isCalendarDate } from '../../lib/calendar.ts'
import { decodeCursor, encodeCursor } from '../../lib/cursor.ts'
import { readInstant } from '../../lib/instant.ts'
import { isStorableText } from '../../lib/text.ts'
import { STRETCHES, type Stretch } from '../../store/pipeline/list-orders.ts'
import type { Place } from '../../store/pipeline/list-walk.ts'
import type { ListPlace } from './read-slice.ts'

/** How many leads a list has, counted once and carried along. */
export interface ListTotal {
  readonly total: number
  readonly isExact: boolean
}

/** A place in a list, bound to its filters. */
export interface ListCursor extends ListTotal {
  readonly place: ListPlace
}

interface ListWish {
  readonly filter: LeadFilter
  readonly sort: LeadSort
}

export function encodeListCursor(wish: ListWish, { place, total, isExact }: ListCursor): string | null {
  const { stretch, after } = place
  if (after === null) return null
  return encodeCursor(wish, [stretch, after.key, after.id, total, isExact ? 1 : 0])
}

/** The place of a cursor; one that this list did not give is refused. */
export function decodeListCursor(wish: ListWish, text: string): ListCursor {
  const [stretch, key, id, total, isExact, ...rest] = decodeCursor(wish, text) ?? []
  const order = typeof stretch === 'number' ? STRETCHES[wish.sort][stretch] : undefined
  if (order === undefined || typeof stretch !== 'number' || !isCount(total) || rest.length > 0) return refuseCursor()
  const after = readPlace(order, key, id) ?? refuseCursor()
  return { place: { stretch, after }, total, isExact: isExact === 1 }
}

/** A row's key and id as they came back in a cursor; null when they cannot be. */
export function readPlace({ type }: Pick<Stretch, 'type'>, key: unknown, id: unknown): Place | null {
  return typeof key === 'string' && isCount(id) && KEY_RULES[type](key) ? { key, id } : null
}

export function refuseCursor(): never {
  refuse('request.parameter-invalid', 'cursor is not one that this list gave with the same filters.', {
    field: 'cursor',
  })
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

/** Whether PostgreSQL can read a key as a value of its type. */
const KEY_RULES: { readonly [T in Stretch['type']]: (key: string) => boolean } = {
  timestamptz: (key) =>
    /^.{10} .{8}(\.\d{1,6})?\+00$/.test(key) && readInstant(`${key.slice(0, 10)}T${key.slice(11, 19)}Z`) !== null,
  numeric: (key) => /^\d{1,12}\.\d{2}$/.test(key),
  date: isCalendarDate,
  text: isStorableText,
}
