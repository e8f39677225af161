import { fail, ok, type Result } from '../lib/result.ts'
import { type Refusal, refusal } from './errors.ts'
import { checkProperty } from './lead/properties.ts'
import { readText } from './lead/status-report.ts'

const NAME_LENGTH_MAX = 200
export const TOKEN_DAYS_MAX = 3650

/** The name of a company, user, token or key: 1 to 200 characters after trimming. */
export function checkName(field: string, value: unknown): Result<string, Refusal> {
  const text = readText(field, NAME_LENGTH_MAX, value)
  return text.ok ? required(field, text.value) : text
}

/** The e-mail address that a user logs in with. Basic credentials end it at the first colon, so it has none. */
export function checkLoginEmail(value: unknown): Result<string, Refusal> {
  const email = checkProperty('email', value)
  if (!email.ok) return email
  const text = required('email', email.value === null ? null : String(email.value))
  if (!text.ok || !text.value.includes(':')) return text
  return fail(refusal('field.invalid', '{email} must not contain a colon.', { field: 'email' }))
}

/** What two spellings of one address have in common. */
export function emailKey(email: string): string {
  return email.trim().toLowerCase()
}

/** The life of a token in whole days. */
export function checkDays(value: number): Result<number, Refusal> {
  if (Number.isInteger(value) && value >= 1 && value <= TOKEN_DAYS_MAX) return ok(value)
  const text = `{days} must be a whole number from 1 to ${TOKEN_DAYS_MAX}.`
  return fail(refusal('field.invalid', text, { field: 'days' }))
}

function required(field: string, text: string | null): Result<string, Refusal> {
  return text === null ? fail(refusal('field.required', `{${field}} is required.`, { field })) : ok(text)
}
