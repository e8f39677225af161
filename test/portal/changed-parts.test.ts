import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changedParts, isClash } from '../../portal/pages/settings/kit/changed-parts.ts'

const BEFORE = { name: 'Elm', types: ['a'], form: { title: 'Ask us', enabled: false, categories: [] as string[] } }

describe('what was changed of settings', () => {
  it('is each part that differs, a list as a whole', () => {
    expect(changedParts(BEFORE, BEFORE)).toEqual({})
    expect(changedParts(BEFORE, { ...BEFORE, types: ['a', 'b'] })).toEqual({ types: ['a', 'b'] })
    expect(changedParts(BEFORE, { ...BEFORE, form: { ...BEFORE.form, title: 'Write' } })).toEqual({
      form: { title: 'Write' },
    })
    expect(changedParts({ hours: 3 as number | null }, { hours: null })).toEqual({ hours: null })
  })

  it('clashes with what somebody else set to something else, and with nothing beside it', () => {
    const wish = { form: { title: 'Write' } }
    const now = (form: object) => ({ ...BEFORE, form: { ...BEFORE.form, ...form } })
    expect(isClash(BEFORE, BEFORE, wish)).toBe(false)
    expect(isClash(BEFORE, { ...now({ enabled: true }), name: 'Oak' }, wish)).toBe(false)
    expect(isClash(BEFORE, now({ title: 'Call' }), wish)).toBe(true)
    expect(isClash(BEFORE, now({ title: 'Write' }), wish)).toBe(false)
  })

  it('brings the settings to what was typed, whatever they are', () => {
    const settings = fc.record({ a: fc.integer(), b: fc.array(fc.string()), c: fc.record({ d: fc.boolean() }) })
    fc.assert(
      fc.property(settings, settings, (before, after) => {
        const edit = changedParts(before, after)
        expect({ ...before, ...edit, c: { ...before.c, ...edit.c } }).toEqual(after)
      }),
    )
  })
})
