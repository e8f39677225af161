import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { refusal } from '../../core/errors.ts'
import { refused } from '../../core/lead/decision.ts'
import { type Waiting, WriteQueue } from './queue.ts'

const ACTOR = { kind: 'system', id: 'test', name: 'test', face: 'system' } as const

const refuse = () => refused(refusal('lead.not-found', 'There is no such lead.'))

/** Something to wait: a change of a lead, or without one a count. */
function waiting(leadId: number | null): Waiting {
  const settle = { resolve: () => undefined, reject: () => undefined }
  if (leadId === null) return { ...settle, item: { charge: { subject: 'token:1', limits: [] } } }
  const target = { kind: 'existing', leadId, decide: refuse } as const
  return { ...settle, item: { write: { companyId: 1, actor: ACTOR, target } } }
}

function leadOf({ item }: Waiting): number | null {
  return 'write' in item && item.write.target.kind === 'existing' ? item.write.target.leadId : null
}

describe('the queue of the writer', () => {
  it('gives what came first, and no more than is asked for', () => {
    const queue = new WriteQueue()
    const all = [1, 2, null, 3].map(waiting)
    for (const one of all) queue.push(one)
    expect(queue.take(3)).toEqual(all.slice(0, 3))
    expect(queue.take(3)).toEqual(all.slice(3))
    expect(queue.length).toBe(0)
  })

  it('gives several changes of one lead to the same batch', () => {
    const queue = new WriteQueue()
    const all = [7, 7, 7].map(waiting)
    for (const one of all) queue.push(one)
    expect(queue.take(10)).toEqual(all)
  })

  it('holds a change back while a batch has its lead, and then lets it go in front of what came later', () => {
    const queue = new WriteQueue()
    queue.push(waiting(7))
    const first = queue.take(10)
    const [held, other] = [waiting(7), waiting(8)]
    queue.push(held)
    queue.push(other)
    expect(queue).toMatchObject({ ready: 1, length: 2 })
    const second = queue.take(1)
    expect(second).toEqual([other])
    const last = waiting(9)
    queue.push(last)
    queue.ended(first)
    expect(queue.take(10)).toEqual([held, last])
  })

  it('holds back what a batch was too small for, when it is of the same leads', () => {
    const queue = new WriteQueue()
    for (const id of [7, 7, 8]) queue.push(waiting(id))
    const first = queue.take(1)
    expect(queue.take(10).map(leadOf)).toEqual([8])
    queue.ended(first)
    expect(queue.take(10).map(leadOf)).toEqual([7])
  })

  it('holds back and lets go however much waits for one lead', () => {
    const queue = new WriteQueue()
    const count = 300_000
    const one = waiting(7)
    for (let n = 0; n < count; n += 1) queue.push(one)
    const first = queue.take(1)
    expect(queue).toMatchObject({ ready: 0, length: count - 1 })
    queue.ended(first)
    expect(queue.ready).toBe(count - 1)
  })

  it('gives everything once, each lead in its order and never to two batches at a time', () => {
    const step = fc.oneof(
      fc.record({ push: fc.option(fc.integer({ min: 1, max: 4 })) }),
      fc.record({ take: fc.integer({ min: 1, max: 4 }) }),
      fc.record({ end: fc.nat() }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const queue = new WriteQueue()
        const pushed: Waiting[] = []
        const taken: Waiting[] = []
        const underWay: (readonly Waiting[])[] = []
        const take = (max: number) => {
          const batch = queue.take(max)
          const others = new Set(underWay.flat().map(leadOf))
          for (const one of batch) expect(leadOf(one) !== null && others.has(leadOf(one))).toBe(false)
          underWay.push(batch)
          taken.push(...batch)
        }
        const end = (n: number) => queue.ended(underWay.splice(n % Math.max(1, underWay.length), 1)[0] ?? [])
        for (const one of steps) {
          if ('take' in one) take(one.take)
          else if ('end' in one) end(one.end)
          else {
            pushed.push(waiting(one.push))
            queue.push(pushed.at(-1) as Waiting)
          }
          expect(queue.length + taken.length).toBe(pushed.length)
        }
        while (queue.length > 0) {
          while (underWay.length > 0) end(0)
          take(3)
        }
        expect(new Set(taken)).toEqual(new Set(pushed))
        expect(taken).toHaveLength(pushed.length)
        for (const id of [1, 2, 3, 4]) {
          const of = (list: readonly Waiting[]) => list.filter((one) => leadOf(one) === id)
          expect(of(taken).every((one, i) => one === of(pushed)[i])).toBe(true)
        }
      }),
    )
  })
})
