import { fail, ok, type Result } from '../lib/result.ts'
import { type Refusal, refusal } from './errors.ts'
import { checkProperty } from './lead/properties.ts'

/** A customer whom the company asks for a referral. At least one of `email` and `phone` is there. */
export interface ReferralRequest {
  readonly firstName: string
  readonly lastName: string
  readonly email: string | null
  readonly phone: string | null
  readonly sendGift: boolean
  readonly renewal: boolean
}

/** A referral request as it is on record. */
export interface StoredReferralRequest extends ReferralRequest {
  readonly id: number
  /** ISO instant. */
  readonly createdAt: string
}

const DIGITS_MIN = 7

/**
 * Checks a referral request; null is "not given". Documented: both names are required, both flags default to false.
 * Our choice: lengths as those of a lead, a phone number has at least seven digits, and without e-mail and phone
 * there is nobody to ask.
 */
export function checkReferralRequest(input: Readonly<Record<string, unknown>>): Result<ReferralRequest, Refusal> {
  const texts: Record<'firstName' | 'lastName' | 'email' | 'phone', string | null> = {
    firstName: null,
    lastName: null,
    email: null,
    phone: null,
  }
  for (const field of ['firstName', 'lastName', 'email', 'phone'] as const) {
    const read = checkProperty(field, input[field] ?? null)
    if (!read.ok) return read
    // Each of the four has a text rule, which gives a text or null.
    texts[field] = read.value as string | null
  }
  const { firstName, lastName, email, phone } = texts
  if (firstName === null) return required('firstName')
  if (lastName === null) return required('lastName')
  if (email === null && phone === null) {
    return fail(refusal('field.required', '{email} or {phone} is required.', { field: 'email' }))
  }
  if (phone !== null && phoneDigits(phone).length < DIGITS_MIN) {
    const text = `{phone} must have at least ${DIGITS_MIN} digits.`
    return fail(refusal('field.invalid', text, { field: 'phone' }))
  }
  const flags = readFlags(input)
  return flags.ok ? ok({ firstName, lastName, email, phone, ...flags.value }) : flags
}

/** What of a phone number decides whether two are the same. */
export function phoneDigits(phone: string): string {
  return phone.replace(/[^0-9]/g, '')
}

function required(field: string): Result<never, Refusal> {
  return fail(refusal('field.required', `{${field}} is required.`, { field }))
}

function readFlags(
  input: Readonly<Record<string, unknown>>,
): Result<Pick<ReferralRequest, 'sendGift' | 'renewal'>, Refusal> {
  const flags = { sendGift: false, renewal: false }
  for (const field of ['sendGift', 'renewal'] as const) {
    const value = input[field] ?? false
    if (typeof value !== 'boolean') {
      return fail(refusal('field.invalid', `{${field}} must be true or false.`, { field }))
    }
    flags[field] = value
  }
  return ok(flags)
}
