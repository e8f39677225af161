import { expect, test } from 'vitest'
import { GateFullError, makeGate } from './gate.ts'

function makeWork() {
  const finish: Array<(value: string) => void> = []
  const started: string[] = []
  return {
    started,
    finish: (value: string) => finish.shift()?.(value),
    start: (name: string) => () => {
      started.push(name)
      return new Promise<string>((resolve) => finish.push(resolve))
    },
  }
}

/** Lets every promise that can go on do so. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

test('at most the given number of pieces run at once, and the rest follow in the order of arrival', async () => {
  const gate = makeGate({ parallelMax: 2, waitingMax: 2 })
  const work = makeWork()
  const all = ['a', 'b', 'c', 'd'].map((name) => gate(work.start(name)))
  await settle()
  expect(work.started).toEqual(['a', 'b'])
  work.finish('one')
  await settle()
  expect(work.started).toEqual(['a', 'b', 'c'])
  for (const value of ['two', 'three']) work.finish(value)
  await settle()
  work.finish('four')
  expect(await Promise.all(all)).toEqual(['one', 'two', 'three', 'four'])
})

test('a caller beyond the waiting room is turned away at once, and room that is given back is used', async () => {
  const gate = makeGate({ parallelMax: 1, waitingMax: 1 })
  const work = makeWork()
  const first = gate(work.start('a'))
  const second = gate(work.start('b'))
  await expect(gate(work.start('c'))).rejects.toBeInstanceOf(GateFullError)
  work.finish('one')
  await first
  const fourth = gate(work.start('d'))
  await settle()
  work.finish('two')
  await settle()
  work.finish('four')
  expect([await second, await fourth]).toEqual(['two', 'four'])
  expect(work.started).toEqual(['a', 'b', 'd'])
})

test('work that fails frees its place', async () => {
  const gate = makeGate({ parallelMax: 1, waitingMax: 0 })
  await expect(gate(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(await gate(async () => 'next')).toBe('next')
})
