import { expect, it } from 'vitest'
import { makeSharedRuns } from './shared-runs.ts'

/** Work that ends when it is told to, and counts its runs. */
function stage() {
  const ends: { resolve: (value: number) => void; reject: (error: Error) => void }[] = []
  const work = () => {
    const { promise, resolve, reject } = Promise.withResolvers<number>()
    ends.push({ resolve, reject })
    return promise
  }
  return { ends, work, share: makeSharedRuns() }
}

it('carries out at once what nobody asked for, and what is another thing', async () => {
  const { ends, work, share } = stage()
  const [one, other] = [share('a', work), share('b', work)]
  expect(ends).toHaveLength(2)
  ends[0]?.resolve(1)
  ends[1]?.resolve(2)
  expect(await Promise.all([one, other])).toEqual([1, 2])
})

it('has all who come meanwhile share the run after the one under way', async () => {
  const { ends, work, share } = stage()
  const first = share('a', work)
  const later = [share('a', work), share('a', work), share('a', work)]
  expect(ends).toHaveLength(1)
  ends[0]?.resolve(1)
  expect(await first).toBe(1)
  await Promise.resolve()
  expect(ends).toHaveLength(2)
  ends[1]?.resolve(2)
  expect(await Promise.all(later)).toEqual([2, 2, 2])
})

it('goes on after a failure, which only those see whose run it was', async () => {
  const { ends, work, share } = stage()
  const first = share('a', work)
  const second = share('a', work)
  ends[0]?.reject(new Error('no'))
  await expect(first).rejects.toThrow('no')
  await Promise.resolve()
  ends[1]?.resolve(2)
  expect(await second).toBe(2)
  const third = share('a', work)
  expect(ends).toHaveLength(3)
  ends[2]?.resolve(3)
  expect(await third).toBe(3)
})
