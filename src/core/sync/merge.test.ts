import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONSTRUCTIONONLINE_SHAPE } from './constructiononline-shape.ts'
import type { FieldRule } from './kinds.ts'
import { judge, type Sides, valuesWith } from './merge.ts'
import type { SyncFields } from './shape.ts'

const SHAPE = {
  ...CONSTRUCTIONONLINE_SHAPE,
  fields: ['notes', 'city'],
  couple: (verdicts: object) => ({ ...verdicts }),
}

function sides(parts: Partial<Sides>): Sides {
  const none = { base: {}, ours: {}, theirs: {} }
  return { ...none, rules: {}, oursAt: () => null, theirsAt: null, refused: {}, differs: {}, isTold: true, ...parts }
}

function verdictOf(base: string | null, ours: string | null, theirs: string | null, parts: Partial<Sides> = {}) {
  const all = { base: { notes: base }, ours: { notes: ours }, theirs: { notes: theirs }, ...parts }
  return judge(SHAPE, sides(all))['notes']
}

describe('judge', () => {
  it('lets what one side changed flow, and asks about what both did', () => {
    expect(verdictOf('a', 'a', 'a')).toBe('same')
    expect(verdictOf('a', 'a', 'b')).toBe('take')
    expect(verdictOf('a', 'b', 'a')).toBe('push')
    expect(verdictOf('a', 'b', 'b')).toBe('same')
    expect(verdictOf('a', 'b', 'c')).toBe('conflict')
    expect(verdictOf('a', null, 'b')).toBe('conflict')
    expect(verdictOf('a', 'a', null)).toBe('take')
  })

  it('says nothing of a field that the upstream does not show', () => {
    expect(judge(SHAPE, sides({ base: { notes: 'a' }, ours: { notes: 'b' }, theirs: {} }))['notes']).toBe('unsaid')
  })

  it('follows the rule of the field, else that of all, where both changed', () => {
    const rule = (rules: Record<string, FieldRule>) => verdictOf('a', 'b', 'c', { rules })
    expect(rule({ '*': 'upstream' })).toBe('take')
    expect(rule({ '*': 'upstream', notes: 'ours' })).toBe('push')
    expect(rule({ city: 'ours' })).toBe('conflict')
    expect(verdictOf('a', 'b', 'a', { rules: { '*': 'upstream' } })).toBe('push')
  })

  it('takes the newer one by that rule, and the upstream within a second', () => {
    const newest = (oursAt: string | null, theirsAt: string | null) =>
      verdictOf('a', 'b', 'c', { rules: { '*': 'newest' }, oursAt: () => oursAt, theirsAt })
    expect(newest('2026-03-01T12:00:02.000Z', '2026-03-01T12:00:01.000Z')).toBe('push')
    expect(newest('2026-03-01T12:00:01.900Z', '2026-03-01T12:00:01.000Z')).toBe('take')
    expect(newest('2026-03-01T12:00:00.000Z', '2026-03-01T12:00:01.000Z')).toBe('take')
    expect(newest('2026-03-01T12:00:00.000Z', null)).toBe('push')
  })

  it('does not send again what was refused, until one of the values is another', () => {
    const refused = { notes: { ours: 'b', theirs: 'a' } }
    expect(verdictOf('a', 'b', 'a', { refused })).toBe('held')
    expect(verdictOf('a', 'c', 'a', { refused })).toBe('push')
    expect(verdictOf('a', 'b', 'c', { refused, rules: { '*': 'ours' } })).toBe('push')
  })

  it('leaves alone what the sides have agreed to differ on, until one of the values is another', () => {
    const differs = { notes: { ours: 'a', theirs: 'b' } }
    expect(verdictOf('a', 'a', 'b', { differs })).toBe('unsaid')
    expect(verdictOf('a', 'a', 'c', { differs })).toBe('take')
    expect(verdictOf('b', 'a', 'b', { differs })).toBe('push')
  })

  it('brings both sides to one value or a true conflict, whatever they did, and then rests', () => {
    const value = fc.constantFrom(null, 'a', 'b', 'c')
    const edits = fc.array(fc.tuple(fc.constantFrom('ours', 'theirs', 'sync'), value), { maxLength: 30 })
    fc.assert(
      fc.property(edits, fc.constantFrom<FieldRule>('ask', 'upstream', 'ours', 'newest'), (steps, rule) => {
        const state = { base: 'a' as string | null, ours: 'a' as string | null, theirs: 'a' as string | null }
        const sync = () => {
          const verdict = verdictOf(state.base, state.ours, state.theirs, { rules: { '*': rule } })
          const isTrue = state.ours !== state.theirs && state.ours !== state.base && state.theirs !== state.base
          expect(verdict === 'conflict').toBe(isTrue && rule === 'ask')
          if (verdict === 'take') state.ours = state.theirs
          if (verdict === 'push') state.theirs = state.ours
          if (verdict !== 'conflict') state.base = state.ours
          return verdict
        }
        for (const [who, to] of steps) {
          if (who === 'sync') sync()
          else state[who as 'ours' | 'theirs'] = to
        }
        sync()
        expect(['same', 'conflict']).toContain(sync())
      }),
    )
  })
})

describe('the status with its amount', () => {
  const agreed: SyncFields = { status: 'open', value: '1.00' }
  const judged = (ours: SyncFields, theirs: SyncFields, rules: Record<string, FieldRule> = {}) => {
    const shape = { ...CONSTRUCTIONONLINE_SHAPE, fields: ['status', 'value'] }
    const all = { base: agreed, ours: { ...agreed, ...ours }, theirs: { ...agreed, ...theirs }, rules }
    const { status, value } = judge(shape, sides(all))
    return `${status} ${value}`
  }

  it('flows together', () => {
    expect(judged({ status: 'won', value: '5.00' }, {})).toBe('push push')
    expect(judged({}, { status: 'won', value: '5.00' })).toBe('take take')
    expect(judged({ status: 'won' }, {})).toBe('push same')
    expect(judged({ status: 'won', value: '5.00' }, { status: 'won', value: '5.00' })).toBe('same same')
  })

  it('is one conflict where a win meets another amount', () => {
    expect(judged({ status: 'won', value: '5.00' }, { value: '6.00' })).toBe('conflict conflict')
    expect(judged({ value: '2.00' }, { status: 'won' })).toBe('conflict conflict')
    expect(judged({ status: 'won' }, { value: '6.00' })).toBe('conflict conflict')
    expect(judged({ status: 'won', value: '5.00' }, { status: 'won', value: '6.00' })).toBe('same conflict')
  })

  it('follows the rule of the value, but never undoes a win of ours', () => {
    expect(judged({ value: '2.00' }, { status: 'won' }, { value: 'upstream' })).toBe('take take')
    expect(judged({ status: 'won' }, { value: '6.00' }, { value: 'ours' })).toBe('push push')
    expect(judged({ status: 'won' }, { status: 'lost' }, { '*': 'upstream' })).toBe('conflict same')
  })

  it('is never pushed or taken apart', () => {
    const status = fc.constantFrom('open', 'won', 'lost')
    const value = fc.constantFrom(null, '1.00', '2.00')
    const fields = fc.record({ status, value })
    const rule = fc.constantFrom<FieldRule>('ask', 'upstream', 'ours', 'newest')
    fc.assert(
      fc.property(fields, fields, rule, rule, (ours, theirs, forStatus, forValue) => {
        const said = judged(ours, theirs, { status: forStatus, value: forValue })
        const [status, value] = said.split(' ')
        const isOneWon = (ours.status === 'won') !== (theirs.status === 'won')
        if (!isOneWon) return
        // A win goes with its amount, none goes over a win of ours, and none into one of theirs but with the status.
        if (theirs.status === 'won' && status === 'take') expect(['same', 'take'], said).toContain(value)
        if (theirs.status === 'won' && value === 'push') expect(status, said).toBe('push')
        if (ours.status === 'won' && status === 'push') expect(['same', 'push'], said).toContain(value)
        if (ours.status === 'won') expect(said).not.toContain('take')
      }),
    )
  })
})

describe('valuesWith', () => {
  it('gives the values with a verdict', () => {
    expect(valuesWith('push', { notes: 'push', city: 'same' }, { notes: 'a', city: 'b' })).toEqual({ notes: 'a' })
  })
})
