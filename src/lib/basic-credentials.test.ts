import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readBasicCredentials } from './basic-credentials.ts'

function header(text: string, encoding: BufferEncoding): string {
  return `Basic ${Buffer.from(text, encoding).toString('base64')}`
}

const isPrintable = (text: string) => !/\p{Cc}/u.test(text)

describe('readings of a Basic header', () => {
  test('any credentials sent as UTF-8 are the first reading', () => {
    const userId = fc.string({ unit: 'grapheme' }).filter((text) => isPrintable(text) && !text.includes(':'))
    const password = fc.string({ unit: 'grapheme' }).filter(isPrintable)
    fc.assert(
      fc.property(userId, password, (user, word) => {
        expect(readBasicCredentials(header(`${user}:${word}`, 'utf8'))[0]).toEqual({ userId: user, password: word })
      }),
    )
  })

  test('any credentials sent as ISO-8859-1 are among at most two readings', () => {
    const unit = fc.integer({ min: 0x20, max: 0xff }).filter((code) => code < 0x7f || code > 0x9f)
    const latin1 = fc.array(unit).map((codes) => String.fromCharCode(...codes))
    fc.assert(
      fc.property(
        latin1.filter((text) => !text.includes(':')),
        latin1,
        (user, word) => {
          const readings = readBasicCredentials(header(`${user}:${word}`, 'latin1'))
          expect(readings).toContainEqual({ userId: user, password: word })
          expect(readings.length).toBeLessThanOrEqual(2)
        },
      ),
    )
  })

  test('plain ASCII has one reading', () => {
    expect(readBasicCredentials(header('a@b.example:secret', 'utf8'))).toEqual([
      { userId: 'a@b.example', password: 'secret' },
    ])
  })

  test('only the first colon separates', () => {
    expect(readBasicCredentials(header('a@b.example::x:', 'utf8'))).toEqual([
      { userId: 'a@b.example', password: ':x:' },
    ])
  })

  test('a byte order mark is part of the text', () => {
    expect(readBasicCredentials(header('\ufeffa:b', 'utf8'))[0]).toEqual({ userId: '\ufeffa', password: 'b' })
  })

  test('the scheme ignores case, and padding may be left out', () => {
    expect(readBasicCredentials('bAsIc  YTpi ')).toEqual([{ userId: 'a', password: 'b' }])
    expect(readBasicCredentials('Basic YTpiYw')).toEqual([{ userId: 'a', password: 'bc' }])
  })

  test.each([
    ['nothing', ''],
    ['another scheme', 'Bearer YTpi'],
    ['no value', 'Basic '],
    ['no base64', 'Basic a:b'],
    ['two values', 'Basic YTpi YTpi'],
    ['no colon', header('nobody', 'utf8')],
    ['a line break', header('a:b\n', 'utf8')],
    ['a NUL', header('a:b\u0000', 'utf8')],
    ['a DEL', header('a\u007f:b', 'utf8')],
  ])('%s has no reading', (_, text) => {
    expect(readBasicCredentials(text)).toEqual([])
  })
})
