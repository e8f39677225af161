import { describe, expect, it } from 'vitest'
import { type ConnectionStanding, connectionState, nextLookAt } from './connection-state.ts'

const NOW = Date.parse('2026-03-01T12:00:00.000Z')
const SOON = '2026-03-01T12:05:00.000Z'
const LATER = '2026-03-01T13:00:00.000Z'
const WELL: ConnectionStanding = {
  kind: 'constructiononline',
  enabled: true,
  importedAt: '2026-02-01T00:00:00.000Z',
  nextRunAt: SOON,
  failures: 0,
  brokenUntil: null,
  limitedUntil: null,
  lastError: null,
}
const fault = (code: string) => ({ code, text: 'It did not answer.', at: '2026-03-01T11:59:00.000Z' })

describe('connectionState', () => {
  it.each<[string, Partial<ConnectionStanding>]>([
    ['healthy', {}],
    ['paused', { enabled: false, failures: 9, lastError: fault('unreachable') }],
    ['importing', { importedAt: null }],
    ['healthy', { importedAt: null, kind: 'renovationfind' }],
    ['limited', { limitedUntil: LATER, failures: 1, lastError: fault('limited') }],
    ['healthy', { limitedUntil: '2026-03-01T11:00:00.000Z' }],
    ['failing', { failures: 2, lastError: fault('timeout') }],
    ['broken', { failures: 3, lastError: fault('timeout') }],
    ['broken', { failures: 1, lastError: fault('unauthorised') }],
  ])('is %s with %j', (state, given) => {
    expect(connectionState({ ...WELL, ...given }, NOW)).toBe(state)
  })
})

it('the next look waits for the end of every pause', () => {
  expect(nextLookAt(WELL)).toBe(SOON)
  expect(nextLookAt({ ...WELL, brokenUntil: LATER })).toBe(LATER)
  expect(nextLookAt({ ...WELL, limitedUntil: LATER, brokenUntil: SOON })).toBe(LATER)
  expect(nextLookAt({ ...WELL, enabled: false })).toBeNull()
})
