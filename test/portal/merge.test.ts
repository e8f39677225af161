import { describe, expect, test } from 'vitest'
import { changedFields, draftOf, editOf, type FieldSpec } from '../../portal/pages/lead/fields.ts'
import { clashesOf } from '../../portal/pages/lead/merge.ts'

const FIELDS: readonly FieldSpec[] = [
  { name: 'firstName', kind: 'text' },
  { name: 'city', kind: 'text' },
  { name: 'quality', kind: 'quality' },
  { name: 'value', kind: 'money' },
]

type Values = Parameters<typeof draftOf>[0]
const BASE = { firstName: 'Ada', city: null, quality: 3, value: '100.00' } as Values
const lead = (news: Partial<Values>): Values => ({ ...BASE, ...news })

describe('an edit', () => {
  test('sends what was changed and nothing else, blank as null, quality as a number', () => {
    const draft = { ...draftOf(BASE, FIELDS), firstName: '  ', city: ' Calgary ', quality: '70' }
    const changed = changedFields(BASE, draft, FIELDS)
    expect(changed).toEqual(['firstName', 'city', 'quality'])
    expect(editOf(draft, changed)).toEqual({ firstName: null, city: 'Calgary', quality: 70 })
  })

  test('leaves to the server what is no number', () => {
    const draft = { ...draftOf(BASE, FIELDS), quality: 'high', value: '12 k' }
    expect(editOf(draft, changedFields(BASE, draft, FIELDS))).toEqual({ quality: 'high', value: '12 k' })
  })

  test('that only adds spaces is none', () => {
    expect(changedFields(BASE, { ...draftOf(BASE, FIELDS), firstName: 'Ada ' }, FIELDS)).toEqual([])
  })

  test.each(['100', '100.', '100.0', '100.00'])('of an amount to %s, which it is, is none', (value) => {
    expect(changedFields(BASE, { ...draftOf(BASE, FIELDS), value }, FIELDS)).toEqual([])
  })
})

describe('a change by somebody else', () => {
  const draft = { ...draftOf(BASE, FIELDS), city: 'Calgary' }
  const changed = changedFields(BASE, draft, FIELDS)
  const clashes = (current: Values) => clashesOf(BASE, current, draft, changed, FIELDS)

  test('of another field is no clash', () => {
    expect(clashes(lead({ firstName: 'Eve', value: null }))).toEqual([])
  })

  test('of the same field to the same value is none either', () => {
    expect(clashes(lead({ city: 'Calgary' }))).toEqual([])
  })

  test('of the same field to another value shows all three', () => {
    expect(clashes(lead({ city: 'Airdrie' }))).toEqual([
      { spec: FIELDS[1], before: '', theirs: 'Airdrie', yours: 'Calgary' },
    ])
  })
})
