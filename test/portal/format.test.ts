import { describe, expect, test } from 'vitest'
import { formatDay, formatHours, formatPhone, initialsOf, mailLink, phoneLink, todayDate } from '../../portal/format.ts'

const figures = (text: string) => text.replace(/\D/g, '')

describe('money', async () => {
  const { formatMoney } = await import('../../portal/format.ts')

  test('has cents only where there are some', () => {
    expect(figures(formatMoney('18500.00', 'USD'))).toBe('18500')
    expect(figures(formatMoney('18500.5', 'USD'))).toBe('1850050')
    expect(figures(formatMoney('18500', 'USD', { cents: true }))).toBe('1850000')
  })

  test('is exact to the cent however large', () => {
    expect(figures(formatMoney('99999999999999999.99', 'USD'))).toBe('9999999999999999999')
  })
})

test.each([
  ['403-555-0142', '(403) 555-0142'],
  ['+1 403 555 0142', '(403) 555-0142'],
  ['+44 20 7946 0958', '+44 20 7946 0958'],
  ['403-555-0142 ext. 3', '403-555-0142 ext. 3'],
  ['555-0142', '555-0142'],
])('the phone number %s is shown as %s', (phone, shown) => {
  expect(formatPhone(phone)).toBe(shown)
})

test('a link to call keeps the country and drops the marks', () => {
  expect(phoneLink(' +44 (20) 7946-0958')).toBe('tel:+442079460958')
  expect(phoneLink('403.555.0142')).toBe('tel:4035550142')
  expect(phoneLink('403-555-0142 ext. 3')).toBe('tel:4035550142')
})

test('a day is told by its distance only while it is near', () => {
  const words = (date: string) => formatDay(date, '2026-05-10')
  expect(words('2026-05-10')).not.toMatch(/\d/)
  expect(words('2026-05-13')).toMatch(/3/)
  expect(words('2026-06-20')).toMatch(/20/)
})

test('hours are told in the unit that fits', () => {
  expect([0.5, 5, 72].map((hours) => Number.parseFloat(formatHours(hours)))).toEqual([30, 5, 3])
})

test('initials are of the first and the last word', () => {
  expect(['Jordan Lee Olson', 'Ada', '  '].map(initialsOf)).toEqual(['JO', 'A', ''])
})

test('today is the date where the user is', () => {
  expect(todayDate(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05')
})

test("a lead's address fills in the recipient of a mail and nothing else", () => {
  expect(mailLink('ann@example.com')).toBe('mailto:ann@example.com')
  expect(mailLink('ann@example.com?bcc=eve@example.com&body=x')).not.toMatch(/[?&]/)
})
