import { describe, expect, it } from 'vitest'
import { gather, nextTurn } from './turns.ts'

/** Adds so many in each turn, then nothing more. */
async function arrive(line: number[], turns: readonly number[]): Promise<void> {
  for (const count of turns) {
    for (let i = 0; i < count; i += 1) line.push(i)
    await nextTurn()
  }
}

describe('gather', () => {
  it.each([
    { turns: [1], enough: 10, found: 1 },
    { turns: [3, 2, 4], enough: 100, found: 9 },
    // The second turn brings nothing, so it is not known that a third one would.
    { turns: [3, 0, 4], enough: 100, found: 3 },
    { turns: [4, 4, 4, 4], enough: 7, found: 8 },
    { turns: [12, 5], enough: 10, found: 12 },
  ])('of $turns a turn, with $enough enough, ends at $found', async ({ turns, enough, found }) => {
    const line: number[] = []
    const arrived = arrive(line, turns)
    await gather(() => line.length, enough)
    expect(line).toHaveLength(found)
    await arrived
  })

  it('does not wait for a turn where there is nothing', async () => {
    let turned = false
    setImmediate(() => {
      turned = true
    })
    await gather(() => 0, 10)
    expect(turned).toBe(false)
  })
})
