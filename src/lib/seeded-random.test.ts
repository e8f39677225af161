import { expect, test } from 'vitest'
import { makeSeededRandom } from './seeded-random.ts'

const draw = (seed: number) => {
  const random = makeSeededRandom(seed)
  return Array.from({ length: 1000 }, () => random.integer(0, 9))
}

test('the same seed gives the same numbers, another seed others', () => {
  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)).not.toEqual(draw(8))
  expect(draw(7).slice(0, 12)).toEqual(draw(7 + 2 ** 32).slice(0, 12))
})

test('numbers stay in their range, and each comes about equally often', () => {
  const counts = new Map<number, number>()
  for (const number of draw(1)) counts.set(number, (counts.get(number) ?? 0) + 1)
  expect([...counts.keys()].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  for (const count of counts.values()) expect(Math.abs(count - 100)).toBeLessThan(45)
})

test('a range of one number gives that number, and certain chances are certain', () => {
  const random = makeSeededRandom(3)
  for (let i = 0; i < 100; i += 1) {
    expect(random.integer(5, 5)).toBe(5)
    expect(random.chance(0)).toBe(false)
    expect(random.chance(1)).toBe(true)
  }
})

test('picks every element of a list, and refuses an empty one', () => {
  const random = makeSeededRandom(4)
  const picked = new Set(Array.from({ length: 100 }, () => random.pick(['a', 'b', 'c'])))
  expect([...picked].sort()).toEqual(['a', 'b', 'c'])
  expect(() => random.pick([])).toThrow(RangeError)
})
