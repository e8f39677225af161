import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moneySign, moneyToNumber, parseMoneyNumber, parseMoneyText } from './decimal.ts'

const LIMIT_CENTS = 100n * 10n ** 12n

/** Money text of a number of cents, by BigInt alone. */
function printCents(cents: bigint): string {
  const size = cents < 0n ? -cents : cents
  return `${cents < 0n ? '-' : ''}${size / 100n}.${String(size % 100n).padStart(2, '0')}`
}

const cents = fc.bigInt({ min: -LIMIT_CENTS + 1n, max: LIMIT_CENTS - 1n })
const digits = (max: number) => fc.string({ unit: fc.constantFrom(...'00123456789'), minLength: 1, maxLength: max })

describe('parseMoneyText', () => {
  it.each([
    ['0', '0.00'],
    ['-0', '0.00'],
    ['-0.00', '0.00'],
    ['40000', '40000.00'],
    ['+5', '5.00'],
    ['-1.5', '-1.50'],
    ['0012.30', '12.30'],
    ['000', '0.00'],
    ['0.10000', '0.10'],
    ['999999999999.99', '999999999999.99'],
    ['0000999999999999.990', '999999999999.99'],
  ])('reads %j as %s', (text, money) => {
    expect(parseMoneyText(text)).toEqual({ ok: true, value: money })
  })

  it.each([
    ['', 'not-a-number'],
    [' 1', 'not-a-number'],
    ['1 ', 'not-a-number'],
    ['1\n', 'not-a-number'],
    ['.5', 'not-a-number'],
    ['5.', 'not-a-number'],
    ['--5', 'not-a-number'],
    ['1,000', 'not-a-number'],
    ['1.000.000', 'not-a-number'],
    ['$5', 'not-a-number'],
    ['1e3', 'not-a-number'],
    ['0x10', 'not-a-number'],
    ['NaN', 'not-a-number'],
    ['Infinity', 'not-a-number'],
    ['١٢', 'not-a-number'],
    ['0.001', 'too-many-decimals'],
    ['-0.001', 'too-many-decimals'],
    ['1000000000000', 'too-large'],
    ['-1000000000000', 'too-large'],
    ['1000000000000.00', 'too-large'],
  ])('refuses %j as %s', (text, fault) => {
    expect(parseMoneyText(text)).toEqual({ ok: false, fault })
  })

  it('agrees with BigInt arithmetic on every plain decimal text', () => {
    const parts = fc.tuple(fc.constantFrom('', '-', '+'), digits(15), fc.option(digits(5)))
    fc.assert(
      fc.property(parts, ([sign, whole, fraction]) => {
        const scaled = BigInt(whole + (fraction ?? '').padEnd(5, '0')) * (sign === '-' ? -1n : 1n)
        const read = parseMoneyText(fraction === null ? sign + whole : `${sign}${whole}.${fraction}`)
        const exact = scaled % 1000n === 0n
        const inRange = scaled / 1000n < LIMIT_CENTS && scaled / 1000n > -LIMIT_CENTS
        expect(read.ok).toBe(exact && inRange)
        if (read.ok) expect(read.value).toBe(printCents(scaled / 1000n))
        else expect(read.fault).toBe(exact ? 'too-large' : 'too-many-decimals')
      }),
      { numRuns: 1000 },
    )
  })

  it('reads a text in time proportional to its length, so that a hostile body cannot hold up the server', () => {
    // A backwards search for trailing zeros takes 8 seconds here, and minutes for a body of a megabyte; a single pass
    // takes a millisecond, so that the time limit of this test is far from both.
    const zeros = '0'.repeat(160_000)
    expect(parseMoneyText(`0.${zeros}1`)).toEqual({ ok: false, fault: 'too-many-decimals' })
    expect(parseMoneyText(`${zeros}1.5${zeros}`)).toEqual({ ok: true, value: '1.50' })
  }, 4_000)

  it('gives money back as it is', () => {
    fc.assert(
      fc.property(cents, (amount) => {
        expect(parseMoneyText(printCents(amount))).toEqual({ ok: true, value: printCents(amount) })
      }),
    )
  })
})

describe('parseMoneyNumber', () => {
  it.each([
    [0, '0.00'],
    [-0, '0.00'],
    [0.1, '0.10'],
    [0.01, '0.01'],
    [1.1, '1.10'],
    [1.005e3, '1005.00'],
    [40000, '40000.00'],
    [-12.34, '-12.34'],
    [999999999999.99, '999999999999.99'],
  ])('reads %d as %s', (value, money) => {
    expect(parseMoneyNumber(value)).toEqual({ ok: true, value: money })
  })

  it.each([
    [Number.NaN, 'not-a-number'],
    [Number.POSITIVE_INFINITY, 'not-a-number'],
    [Number.NEGATIVE_INFINITY, 'not-a-number'],
    [0.1 + 0.2, 'too-many-decimals'],
    [0.001, 'too-many-decimals'],
    [1e-7, 'too-many-decimals'],
    [-1e-7, 'too-many-decimals'],
    [Number.MIN_VALUE, 'too-many-decimals'],
    [999999999999.999, 'too-many-decimals'],
    [1e12, 'too-large'],
    [-1e12, 'too-large'],
    [1e21, 'too-large'],
    [-1e21, 'too-large'],
    [Number.MAX_VALUE, 'too-large'],
  ])('refuses %d as %s', (value, fault) => {
    expect(parseMoneyNumber(value)).toEqual({ ok: false, fault })
  })

  it('reads the double nearest to any amount of cents as exactly that amount, and gives the double back', () => {
    fc.assert(
      fc.property(cents, (amount) => {
        const read = parseMoneyNumber(Number(printCents(amount)))
        expect(read).toEqual({ ok: true, value: printCents(amount) })
        expect(moneyToNumber(printCents(amount)) === Number(amount) / 100).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  it('never rounds: what it reads from any double is that double', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.double({ min: -1e13, max: 1e13 })), (value) => {
        const read = parseMoneyNumber(value)
        if (read.ok) expect(Number(read.value) === value).toBe(true)
        else expect(Number.isInteger(value) && Math.abs(value) < 1e12).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('moneySign', () => {
  it('is the sign of the amount', () => {
    fc.assert(
      fc.property(fc.oneof(cents, fc.constantFrom(0n, 1n, -1n)), (amount) => {
        expect(moneySign(printCents(amount))).toBe(amount > 0n ? 1 : amount < 0n ? -1 : 0)
      }),
    )
  })
})
