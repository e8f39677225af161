import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkForm, FORM_FIELDS, formLengthMax } from './lead-form.ts'

describe('checkForm', () => {
  it('makes an edit of what was sent', () => {
    const input = {
      firstName: ' Ann\t',
      email: 'a@example.com',
      category: 'Deck',
      message: 'One\r\nTwo\rThree',
      zip: '',
    }
    expect(checkForm(['Deck'], input)).toEqual({
      ok: true,
      edit: {
        firstName: 'Ann',
        email: 'a@example.com',
        category: 'Deck',
        originalDescription: 'One\nTwo\nThree',
      },
    })
  })

  it('tells every fault, in the order of the fields', () => {
    const checked = checkForm([], { message: 'x'.repeat(5_001), phone: ['1'], category: 'Deck', city: 'a\u0000b' })
    expect(checked.ok ? [] : checked.faults.map(({ field }) => field)).toEqual([
      'firstName',
      'phone',
      'city',
      'category',
      'message',
    ])
  })

  it('never throws, names a field of the form in each fault, and takes only who is named and can be reached', () => {
    const value = fc.oneof(fc.string({ unit: 'binary' }), fc.constant('a@example.com'), fc.anything())
    const input = fc.record(Object.fromEntries(FORM_FIELDS.map((field) => [field, value])), { requiredKeys: [] })
    fc.assert(
      fc.property(input, (sent) => {
        const checked = checkForm(['Deck'], sent)
        if (!checked.ok) {
          for (const { field } of checked.faults) expect(FORM_FIELDS).toContain(field)
          return
        }
        const { firstName = null, lastName = null, email = null, phone = null } = checked.edit
        expect(firstName ?? lastName).not.toBeNull()
        expect(email ?? phone).not.toBeNull()
        for (const text of Object.values(checked.edit)) expect(text).toBe(String(text).trim())
      }),
      { numRuns: 2000 },
    )
  })

  it('gives each field the length that its rule takes', () => {
    for (const field of FORM_FIELDS.filter((name) => name !== 'email' && name !== 'category')) {
      const input = { firstName: 'A', phone: '1', [field]: 'x'.repeat(formLengthMax(field)) }
      expect(checkForm([], input).ok).toBe(true)
      expect(checkForm([], { ...input, [field]: 'x'.repeat(formLengthMax(field) + 1) }).ok).toBe(false)
    }
  })
})
