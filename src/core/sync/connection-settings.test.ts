import { describe, expect, it } from 'vitest'
import { CONNECTION_DEFAULTS, checkConnectionEdit, checkPace, checkUpstreamId } from './connection-settings.ts'
import { CONNECTION_KINDS, FIELD_RULES, ruleOf, SYNC_FIELDS } from './kinds.ts'
import { SHAPES } from './shapes.ts'

const ONLINE = { kind: 'constructiononline', allowPrivate: false } as const

describe('what a connection starts with', () => {
  it.each(CONNECTION_KINDS)('fits the limits of %s', (kind) => {
    expect(checkPace(CONNECTION_DEFAULTS[kind])).toEqual({ ok: true, value: null })
    const { name, fieldRules, limits } = CONNECTION_DEFAULTS[kind]
    const checked = checkConnectionEdit({ name, fieldRules, limits }, { kind, allowPrivate: false })
    expect(checked).toEqual({ ok: true, value: { name, fieldRules, limits } })
  })

  it.each(CONNECTION_KINDS)('names every field that %s moves', (kind) => {
    expect([...SYNC_FIELDS[kind]].sort()).toEqual([...SHAPES[kind].fields].sort())
  })
})

describe('checkConnectionEdit', () => {
  it('leaves out what was not sent, and keeps blanks of a password', () => {
    const credentials = { email: ' office@elm.example ', password: ' p w ', apiKey: ' key ' }
    expect(checkConnectionEdit({ credentials }, ONLINE)).toEqual({
      ok: true,
      value: {
        credentials: { kind: 'constructiononline', email: 'office@elm.example', password: ' p w ', apiKey: 'key' },
      },
    })
    expect(checkConnectionEdit({}, ONLINE)).toEqual({ ok: true, value: {} })
  })

  it('takes every rule for every field, and for all others', () => {
    const fields = ['*', ...SYNC_FIELDS.constructiononline]
    const fieldRules = Object.fromEntries(fields.map((field, n) => [field, FIELD_RULES[n % FIELD_RULES.length]]))
    expect(checkConnectionEdit({ fieldRules }, ONLINE)).toEqual({ ok: true, value: { fieldRules } })
  })

  it('repeats no credential in a refusal', () => {
    for (const credentials of [
      { token: 'the-secret\u0007' },
      { email: 'a', password: 'the-secret', apiKey: 'b' },
      { 'the-secret': 1 },
      'the-secret',
    ]) {
      const refused = checkConnectionEdit({ credentials }, ONLINE)
      expect(refused.ok).toBe(false)
      expect(JSON.stringify(refused)).not.toContain('the-secret')
    }
  })
})

it('an interval leaves half of each window', () => {
  expect(checkPace({ intervalSeconds: 15, limits: 'hour:500' }).ok).toBe(true)
  expect(checkPace({ intervalSeconds: 14, limits: 'hour:500' }).ok).toBe(false)
  expect(checkPace({ intervalSeconds: 5, limits: 'off' }).ok).toBe(true)
})

it('the rule of a field is its own, else that of all, else to ask', () => {
  expect(ruleOf({ notes: 'ours', '*': 'newest' }, 'notes')).toBe('ours')
  expect(ruleOf({ notes: 'ours', '*': 'newest' }, 'city')).toBe('newest')
  expect(ruleOf({}, 'city')).toBe('ask')
})

it('an upstream id is a whole number as text', () => {
  expect(checkUpstreamId(' 8388607 ')).toEqual({ ok: true, value: '8388607' })
  for (const bad of [7, '', '-1', '07', '1e3', '1/2', '../1', '1'.repeat(20), null]) {
    expect(checkUpstreamId(bad).ok).toBe(false)
  }
})
