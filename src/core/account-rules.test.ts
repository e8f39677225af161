import { expect, test } from 'vitest'
import { checkDays, checkLoginEmail, checkName, emailKey } from './account-rules.ts'

test.each([
  [' Elm Builders ', 'Elm Builders'],
  ['x'.repeat(200), 'x'.repeat(200)],
  ['x'.repeat(201), 'field.invalid'],
  ['  ', 'field.required'],
  ['a\u0000b', 'field.invalid'],
  [7, 'field.invalid'],
])('the name %j is read as %j', (value, expected) => {
  const result = checkName('name', value)
  expect(result.ok ? result.value : result.fault.code).toBe(expected)
})

test.each([
  [' Office@Elm.example ', 'Office@Elm.example'],
  ['office', 'field.invalid'],
  ['', 'field.required'],
  ['of:fice@elm.example', 'field.invalid'],
])('the log-in address %j is read as %j', (value, expected) => {
  const result = checkLoginEmail(value)
  expect(result.ok ? result.value : result.fault.code).toBe(expected)
})

test('spellings of one address have one key', () => {
  expect(emailKey(' ÉMILE@Elm.Example')).toBe(emailKey('émile@elm.example'))
})

test.each([
  [0, false],
  [1, true],
  [3650, true],
  [3651, false],
  [1.5, false],
  [Number.NaN, false],
])('a life of %d days is good: %s', (days, isGood) => {
  expect(checkDays(days).ok).toBe(isGood)
})
