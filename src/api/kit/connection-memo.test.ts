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

it('reads the same headers of one connection once, and others again', () => {
  const { memo, seen } = counting()
  const [one, other] = [{}, {}]
  const first = memo(one, 'a', 'b')
  expect(memo(one, 'a', 'b')).toBe(first)
  expect(seen).toEqual([['a', 'b']])
  expect(memo(one, 'a', 'c')).toEqual({ text: 'a/c' })
  expect(memo(one, 'a', 'b')).toEqual({ text: 'a/b' })
  expect(memo(other, 'a', 'b')).toEqual({ text: 'a/b' })
  expect(seen).toHaveLength(4)
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
