import { expect, test } from 'vitest'
import { parseRetrySchedule, retryDelayMs } from './retry-schedule.ts'

test('the convention’s schedule and short ones are read', () => {
  const convention = '0,5,300,1800,7200,18000,36000,50400,72000,86400'
  expect(parseRetrySchedule(convention)).toEqual([0, 5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400])
  expect(parseRetrySchedule(' 0 , 0.25 ')).toEqual([0, 0.25])
  expect(parseRetrySchedule('0')).toEqual([0])
})

test.each([
  '',
  ',',
  '0,',
  '0,-1',
  '0,5s',
  '1e3',
  '0,2592001',
  'Infinity',
  Array.from({ length: 101 }, () => '0').join(),
])('%j is no schedule', (text) => {
  expect(parseRetrySchedule(text)).toBeNull()
})

test('a wait is never shorter than the schedule says, and at most a fifth longer', () => {
  const failed = { attempt: 1, retryAfterSeconds: null }
  expect(retryDelayMs([0, 5, 300], { ...failed, random: 0 })).toBe(5000)
  expect(retryDelayMs([0, 5, 300], { ...failed, random: 0.999 })).toBe(5999)
  expect(retryDelayMs([0, 5, 300], { ...failed, attempt: 2, random: 0.5 })).toBe(330_000)
  expect(retryDelayMs([0, 5, 300], { ...failed, attempt: 3, random: 0.5 })).toBeNull()
})

test('Retry-After puts off and never brings forward, within a day', () => {
  const after = (retryAfterSeconds: number) => retryDelayMs([0, 60], { attempt: 1, retryAfterSeconds, random: 0 })
  expect(after(10)).toBe(60_000)
  expect(after(120)).toBe(120_000)
  expect(after(999_999_999)).toBe(86_400_000)
})
