import { expect, it } from 'vitest'
import { Places } from './places.ts'

const range = (from: number, count: number) => Array.from({ length: count }, (_, n) => from + n)

it('has room for every account that is not known to be slow', () => {
  const places = new Places()
  expect(places.forQuick([])).toEqual({ limit: 24, except: [], among: null })
  expect(places.forQuick([1, 2])).toEqual({ limit: 22, except: [1, 2], among: null })
})

it('gives accounts that were slow half of the places', () => {
  const places = new Places()
  for (const id of range(1, 40)) places.note(id, 60_000)
  expect(places.forSlow([])).toEqual({ limit: 12, except: [], among: range(1, 40) })
  expect(places.forSlow(range(1, 12)).limit).toBe(0)
  expect(places.forQuick(range(1, 12))).toMatchObject({ limit: 12, except: expect.arrayContaining(range(1, 40)) })
})

it('leaves no place free that the slow ones may have', () => {
  const places = new Places()
  for (const id of range(1, 40)) places.note(id, 60_000)
  // All others run.
  expect(places.forSlow(range(100, 20)).limit).toBe(4)
  expect(places.forSlow(range(100, 24)).limit).toBe(0)
})

it('forgets that an account was slow once it is quick', () => {
  const places = new Places()
  places.note(7, 60_000)
  places.note(7, 900)
  expect(places.forQuick([]).except).toEqual([])
  expect(places.forSlow([]).among).toEqual([])
})
