import { expect, it } from 'vitest'
import { Seats } from './seats.ts'

it('gives each company its share and all together no more than there are', () => {
  const seats = new Seats(5, 3)
  expect([1, 1, 1, 1].map((company) => seats.take(company))).toEqual([true, true, true, false])
  expect([2, 2, 2].map((company) => seats.take(company))).toEqual([true, true, false])
  seats.leave(1)
  expect(seats.take(2)).toBe(true)
  expect(seats.take(1)).toBe(false)
})
