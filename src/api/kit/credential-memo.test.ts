import { afterEach, expect, it, vi } from 'vitest'
import { makeCredentialMemo } from './credential-memo.ts'

function counting() {
  const seen: string[] = []
  const read = (first: string | undefined, second: string | undefined) => {
    if (first === undefined) throw new Error('nothing to read')
    seen.push(`${first}/${second}`)
    return { text: `${first}/${second}` }
  }
  const memo = makeCredentialMemo(read)
  const isReadAgain = (text: string) => {
    const before = seen.length
    memo(text, 'b')
    return seen.length > before
  }
  return { memo, seen, isReadAgain }
}

afterEach(() => {
  vi.useRealTimers()
})

it('reads the same headers once, whatever comes between them', () => {
  const { memo, seen } = counting()
  const first = memo('a', 'b')
  expect(memo('a', 'c')).toEqual({ text: 'a/c' })
  expect(memo('ab', '')).toEqual({ text: 'ab/' })
  expect(memo('a', 'b')).toBe(first)
  expect(seen).toEqual(['a/b', 'a/c', 'ab/'])
})

it('keeps so many and no more, and none that is long', () => {
  const { isReadAgain } = counting()
  for (let n = 0; n < 1_000; n += 1) isReadAgain(`a${n}`)
  expect([isReadAgain('a0'), isReadAgain('a999')]).toEqual([false, false])
  expect([isReadAgain('one more'), isReadAgain('one more'), isReadAgain('a0')]).toEqual([true, false, true])
  const long = 'a'.repeat(600)
  expect([isReadAgain(long), isReadAgain(long)]).toEqual([true, true])
})

it('keeps nothing for longer than a minute', () => {
  vi.useFakeTimers()
  const { isReadAgain } = counting()
  isReadAgain('a')
  vi.advanceTimersByTime(59_999)
  expect(isReadAgain('a')).toBe(false)
  vi.advanceTimersByTime(1)
  expect(isReadAgain('a')).toBe(true)
  expect(isReadAgain('a')).toBe(false)
})

it('keeps nothing of what was refused', () => {
  const { memo } = counting()
  expect(() => memo(undefined, 'b')).toThrow('nothing to read')
  expect(() => memo(undefined, 'b')).toThrow('nothing to read')
  expect(memo('a', 'b')).toEqual({ text: 'a/b' })
})
