import { afterEach, expect, it, vi } from 'vitest'
import { userLanguages } from '../../portal/languages.ts'

afterEach(() => vi.unstubAllGlobals())

it.each([
  [['en-US@posix'], []],
  [
    ['fr-CA', 'en-US@posix', 'en'],
    ['fr-CA', 'en'],
  ],
])('of %j are for Intl %j', (languages, kept) => {
  vi.stubGlobal('navigator', { languages })
  expect(userLanguages()).toEqual(kept)
  expect(new Intl.NumberFormat(userLanguages()).format(1)).toBe('1')
})
