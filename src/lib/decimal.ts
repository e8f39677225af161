import { fail, ok, type Result } from './result.ts'

/** Exact money text with two decimals, as PostgreSQL prints numeric(14,2): "40000.00". Never a float. */
export type Money = string

export type MoneyFault = 'not-a-number' | 'too-many-decimals' | 'too-large'

/** Amounts stay below this many whole units, so that a double still holds them exactly to the cent. */
export const MONEY_LIMIT_TEXT = '1000000000000'
export const MONEY_LIMIT = Number(MONEY_LIMIT_TEXT)
export const MONEY_DECIMALS = 2
const WHOLE_DIGITS_MAX = 12

const PLAIN_DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?$/

/**
 * Reads a plain decimal text ("40000", "-1.5", "0012.30") into two-decimal money.
 * Refuses exponents, blanks, more than two significant decimals and 10^12 or more.
 */
export function parseMoneyText(text: string): Result<Money, MoneyFault> {
  const match = PLAIN_DECIMAL.exec(text)
  if (match === null) return fail('not-a-number')
  const [, sign = '', whole = '', fraction = ''] = match
  const significant = withoutTrailingZeros(fraction)
  if (significant.length > MONEY_DECIMALS) return fail('too-many-decimals')
  const digits = whole.replace(/^0+(?=\d)/, '')
  if (digits.length > WHOLE_DIGITS_MAX) return fail('too-large')
  const money = `${digits}.${significant.padEnd(MONEY_DECIMALS, '0')}`
  return ok(sign === '-' && money !== '0.00' ? `-${money}` : money)
}

/** By hand: a regular expression for it takes quadratic time on hostile text. */
function withoutTrailingZeros(digits: string): string {
  let end = digits.length
  while (end > 0 && digits[end - 1] === '0') end -= 1
  return digits.slice(0, end)
}

/** Reads a JSON number into money. The shortest decimal text of the double decides, so 0.1 is 0.10. */
export function parseMoneyNumber(value: number): Result<Money, MoneyFault> {
  if (!Number.isFinite(value)) return fail('not-a-number')
  const text = String(value)
  if (!text.includes('e')) return parseMoneyText(text)
  return fail(Math.abs(value) >= 1 ? 'too-large' : 'too-many-decimals')
}

/** Money as a JSON number; exact to the cent below 10^12. */
export function moneyToNumber(money: Money): number {
  return Number(money)
}

/** -1, 0 or 1 by the sign of the amount. */
export function moneySign(money: Money): -1 | 0 | 1 {
  if (money.startsWith('-')) return -1
  return money === '0.00' ? 0 : 1
}
