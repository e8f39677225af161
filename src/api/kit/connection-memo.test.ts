import { expect, it } from 'vitest'
import { makeConnectionMemo } from './connection-memo.ts'

function counting() {
  const seen: unknown[] = []
  const memo = makeConnectionMemo((first: string | undefined, second: string | undefined) => {
    if (first === undefined) throw new Error('nothing to read')
    seen.push([first, second])
    return { text: `${first}/${second}` }
  })
  return { memo, seen }
}

it('reads the same headers of one connection once, whatever comes between them', () => {
  const { memo, seen } = counting()
  const [one, other] = [{}, {}]
  const first = memo(one, 'a', 'b')
  expect(memo(one, 'a', 'b')).toBe(first)
  expect(seen).toEqual([['a', 'b']])
  expect(memo(one, 'a', 'c')).toEqual({ text: 'a/c' })
  expect(memo(one, 'ab', '')).toEqual({ text: 'ab/' })
  expect(memo(one, 'a', 'b')).toBe(first)
  expect(memo(other, 'a', 'b')).toEqual({ text: 'a/b' })
  expect(seen).toHaveLength(4)
})

it('keeps few of each connection, and none that is long', () => {
  const { memo, seen } = counting()
  const connection = {}
  const readings = (text: string) => {
    const before = seen.length
    memo(connection, text, 'b')
    return seen.length - before
  }
  for (let n = 0; n < 32; n += 1) readings(`a${n}`)
  expect([readings('a0'), readings('a31')]).toEqual([0, 0])
  expect([readings('one more'), readings('one more'), readings('a0')]).toEqual([1, 0, 1])
  const long = 'a'.repeat(1_000)
  expect([readings(long), readings(long)]).toEqual([1, 1])
})

it('keeps nothing without a connection, and nothing of what was refused', () => {
  const { memo, seen } = counting()
  const connection = {}
  memo(undefined, 'a', 'b')
  memo(undefined, 'a', 'b')
  expect(seen).toHaveLength(2)
  expect(() => memo(connection, undefined, 'b')).toThrow('nothing to read')
  expect(() => memo(connection, undefined, 'b')).toThrow('nothing to read')
})
