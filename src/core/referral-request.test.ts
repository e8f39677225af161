import { describe, expect, it } from 'vitest'
import { checkReferralRequest, phoneDigits } from './referral-request.ts'

const JOHN = { firstName: 'John', lastName: 'Doe', email: 'john@example.com', phone: '5551234567' }

function codeOf(input: Record<string, unknown>): string {
  const checked = checkReferralRequest(input)
  return checked.ok ? 'ok' : `${checked.fault.code} ${checked.fault.field}`
}

describe('checkReferralRequest', () => {
  it('trims the texts and fills in what the page defaults', () => {
    expect(checkReferralRequest({ ...JOHN, firstName: ' John ' })).toEqual({
      ok: true,
      value: { ...JOHN, sendGift: false, renewal: false },
    })
  })

  it.each([
    [{ ...JOHN, phone: null }, 'ok'],
    [{ ...JOHN, email: undefined }, 'ok'],
    [{ ...JOHN, sendGift: true, renewal: true }, 'ok'],
    [{ ...JOHN, sendGift: null }, 'ok'],
    [{ ...JOHN, firstName: undefined }, 'field.required firstName'],
    [{ ...JOHN, firstName: ' ' }, 'field.required firstName'],
    [{ ...JOHN, lastName: null }, 'field.required lastName'],
    [{ ...JOHN, lastName: 5 }, 'field.invalid lastName'],
    [{ ...JOHN, firstName: 'x'.repeat(201) }, 'field.invalid firstName'],
    [{ ...JOHN, email: null, phone: ' ' }, 'field.required email'],
    [{ ...JOHN, email: 'john' }, 'field.invalid email'],
    [{ ...JOHN, phone: '555-12' }, 'field.invalid phone'],
    [{ ...JOHN, phone: 5551234567 }, 'field.invalid phone'],
    [{ ...JOHN, sendGift: 'true' }, 'field.invalid sendGift'],
    [{ ...JOHN, renewal: 1 }, 'field.invalid renewal'],
  ])('answers %j with %s', (input, code) => expect(codeOf(input)).toBe(code))
})

describe('phoneDigits', () => {
  it('leaves nothing but the digits', () => expect(phoneDigits('+1 (403) 555-0142')).toBe('14035550142'))
})
