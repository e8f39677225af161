import { describe, expect, it } from 'vitest'
import { makeOwnLead, T0, T1 } from '../../../test/support/lead-fixtures.ts'
import { customerName, requiresAction } from './lead.ts'

describe('requiresAction', () => {
  it.each([
    ['never, without a due time', null, T0, false],
    ['before the due time', T1, T0, false],
    ['at the due time', T0, T0, true],
    ['after the due time', T0, T1, true],
  ])('is right %s', (_, actionDueAt, now, required) => {
    expect(requiresAction({ actionDueAt }, now)).toBe(required)
  })

  it('compares moments, not texts: an instant with and without milliseconds is the same', () => {
    expect(requiresAction({ actionDueAt: '2026-03-01T09:00:00Z' }, '2026-03-01T09:00:00.000Z')).toBe(true)
    expect(requiresAction({ actionDueAt: '2026-03-01T09:00:00.500Z' }, '2026-03-01T09:00:00Z')).toBe(false)
  })
})

describe('customerName', () => {
  it.each([
    ['the display name first', { displayName: 'The Rossis', firstName: 'Ana' }, 'The Rossis'],
    ['the parts of the name that are there', { firstName: 'Ana', lastName: 'Rossi' }, 'Ana Rossi'],
    ['all parts in order', { firstName: 'Ana', middleName: 'B.', lastName: 'Rossi' }, 'Ana B. Rossi'],
    ['nothing when no part is known', {}, null],
  ])('shows %s', (_, parts, name) => {
    expect(customerName(makeOwnLead(parts))).toBe(name)
  })
})
