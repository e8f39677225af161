import { readInstant } from '../../lib/instant.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { type Refusal, refusal } from '../errors.ts'

export const ATTEMPTS_MAX = 1000

/** What is to be told again: some attempts' messages, or everything of a stretch of time. */
export type Replay =
  | { readonly kind: 'attempts'; readonly ids: readonly number[] }
  | {
      readonly kind: 'period'
      readonly from: string
      readonly before: string
      /** That names the beginning. */
      readonly field: 'since' | 'from'
    }

type Input = Readonly<Record<string, unknown>>

/** Checks what is to be sent again; the first fault is given. `now` ends a period that has no other end. */
export function checkReplay(input: Input, now: string): Result<Replay, Refusal> {
  const given = ['attemptIds', 'since', 'from', 'to'].filter((field) => input[field] !== undefined)
  switch (given.join()) {
    case 'attemptIds':
      return checkIds(input['attemptIds'])
    case 'since':
      return checkPeriod(['since', input['since']], ['now', now])
    case 'from,to':
      return checkPeriod(['from', input['from']], ['to', input['to']])
    case 'from':
    case 'to': {
      const field = given[0] === 'from' ? 'to' : 'from'
      return fail(refusal('field.required', `{${field}} is required: a range has both ends.`, { field }))
    }
    case '':
      return fail(refusal('field.required', 'Send attemptIds, since, or from and to.', { field: 'attemptIds' }))
    default:
      return invalid(given[1] ?? '', 'does not go with the others: send attemptIds, since, or from and to.')
  }
}

function checkIds(value: unknown): Result<Replay, Refusal> {
  const isList = Array.isArray(value) && value.length >= 1 && value.length <= ATTEMPTS_MAX
  if (!isList || !value.every((id) => Number.isSafeInteger(id) && id > 0)) {
    return invalid('attemptIds', `must be a list of 1 to ${ATTEMPTS_MAX} ids of attempts.`)
  }
  return ok({ kind: 'attempts', ids: [...new Set(value as number[])] })
}

type Given<Field extends string = string> = readonly [field: Field, value: unknown]

function checkPeriod([field, fromValue]: Given<'since' | 'from'>, [toField, toValue]: Given): Result<Replay, Refusal> {
  const from = instantOf(fromValue)
  const before = instantOf(toValue)
  const rule = 'must be an instant with its zone, such as 2026-03-01T12:30:00Z.'
  if (from === null) return invalid(field, rule)
  if (before === null) return invalid(toField, rule)
  if (from >= before) return invalid(field, `must be before ${toField}.`)
  return ok({ kind: 'period', from, before, field })
}

function instantOf(value: unknown): string | null {
  return typeof value === 'string' ? readInstant(value) : null
}

function invalid(field: string, rule: string): Result<never, Refusal> {
  return fail(refusal('field.invalid', `{${field}} ${rule}`, { field }))
}
