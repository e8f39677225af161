import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EMPTY_OFFER, offerFault, offerOf } from '../../portal/pages/operator/offer-fields.ts'
import { isLive, lifeOf } from '../../portal/pages/settings/access/token-life.ts'
import { embedSnippet } from '../../portal/pages/settings/embed-snippet.ts'
import { gaugeLevel, gaugeNow } from '../../portal/pages/settings/gauges.ts'
import { HOURS_MAX, hoursOf, spanFault, spanOf } from '../../portal/pages/settings/hours.ts'
import { qrPath } from '../../portal/pages/settings/qr-path.ts'
import { zoneOptions } from '../../portal/pages/settings/time-zones.ts'
import { addWords, moveWord, WORDS_MAX } from '../../portal/pages/settings/word-list.ts'

const NOW = Date.parse('2026-03-15T12:00:00Z')
const inHours = (hours: number) => new Date(NOW + hours * 3_600_000).toISOString()

describe('follow-up times', () => {
  it('are entered in the unit that says them in whole numbers, and come back the same', () => {
    fc.assert(
      fc.property(fc.option(fc.integer({ min: 1, max: HOURS_MAX })), (hours) => {
        expect(hoursOf(spanOf(hours))).toBe(hours)
        expect(spanFault(spanOf(hours))).toBeNull()
      }),
    )
    expect(spanOf(72)).toEqual({ amount: 3, unit: 'days' })
    expect(spanOf(30)).toEqual({ amount: 30, unit: 'hours' })
    expect(spanOf(0)).toEqual({ amount: 0, unit: 'hours' })
  })

  it.each([
    { amount: '', unit: 'days' },
    { amount: 0, unit: 'hours' },
    { amount: 366, unit: 'days' },
    { amount: 1.5, unit: 'hours' },
  ] as const)('refuse %j', (span) => expect(spanFault(span)).not.toBeNull())

  it('know "at once" for offers only', () => {
    expect(spanFault({ amount: 0, unit: 'hours' }, { atOnce: true })).toBeNull()
  })
})

describe('word list', () => {
  it('takes several words at a time, trimmed, and none twice whatever the case', () => {
    expect(addWords(['Roofing'], ' Decks ;  Kitchen   renovation\nBasement,').words).toEqual([
      'Roofing',
      'Decks',
      'Kitchen renovation',
      'Basement',
    ])
    expect(addWords(['Roofing'], 'Decks, ROOFING').fault).toContain('ROOFING')
  })

  it('has an end, in words and in length', () => {
    const many = Array.from({ length: WORDS_MAX }, (_, index) => `Word ${index}`)
    expect(addWords(many, 'One more').fault).toContain(String(WORDS_MAX))
    expect(addWords([], 'x'.repeat(101)).fault).not.toBeNull()
  })

  it('moves a word and loses none', () => {
    expect(moveWord(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
    expect(moveWord(['a', 'b', 'c'], 0, 3)).toEqual(['a', 'b', 'c'])
    const words = ['a', 'b', 'c', 'd']
    fc.assert(
      fc.property(fc.integer({ min: -1, max: 5 }), fc.integer({ min: -1, max: 5 }), (from, to) => {
        expect([...moveWord(words, from, to)].sort()).toEqual(words)
      }),
    )
  })
})

describe('gauges', () => {
  const gauge = { window: 'hour', seconds: 3600, limit: 500, used: 450, resetsAt: inHours(0.5) }

  it('are empty once their window is over', () => {
    expect(gaugeNow(gauge, NOW)).toEqual(gauge)
    expect(gaugeNow(gauge, NOW + 1_800_000)).toEqual({ ...gauge, used: 0, resetsAt: null })
  })

  it('warn from four fifths on', () => {
    expect(gaugeLevel({ used: 399, limit: 500 })).toBe('calm')
    expect(gaugeLevel({ used: 400, limit: 500 })).toBe('high')
    expect(gaugeLevel({ used: 500, limit: 500 })).toBe('full')
  })
})

describe('token', () => {
  it.each([
    ['live', null, inHours(24 * 30), true],
    ['ending', null, inHours(24), true],
    ['expired', null, inHours(0), false],
    ['revoked', inHours(-1), inHours(24 * 30), false],
  ] as const)('is %s', (life, revokedAt, expiresAt, live) => {
    expect(lifeOf({ revokedAt, expiresAt }, NOW)).toBe(life)
    expect(isLive({ revokedAt, expiresAt }, NOW)).toBe(live)
  })
})

describe('QR code', () => {
  it('has its three finders, a quiet zone, and nothing outside', () => {
    const { size, path } = qrPath(
      'otpauth://totp/Leadwright:dana%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=Leadwright',
    )
    const dark = new Set(path.match(/M\d+ \d+/g) ?? [])
    expect((size - 8 - 21) % 4).toBe(0)
    for (const [x, y] of [
      [4, 4],
      [size - 5, 4],
      [4, size - 5],
    ])
      expect(dark.has(`M${x} ${y}`)).toBe(true)
    const places = [...dark].flatMap((move) => move.slice(1).split(' ').map(Number))
    expect(Math.min(...places)).toBe(4)
    expect(Math.max(...places)).toBe(size - 5)
  })
})

describe('other parts', () => {
  it('time zones are found by city and by offset, and the present one is always there', () => {
    const zones = zoneOptions('Old/Name', new Date(NOW))
    expect(zones.find(({ value }) => value === 'America/Regina')?.label).toBe('America/Regina (UTC-06:00)')
    expect(zones.find(({ value }) => value === 'UTC')?.label).toBe('UTC')
    expect(zones.some(({ value }) => value === 'Old/Name')).toBe(true)
  })

  it('the line for a page of their own loads the form of that address', () => {
    expect(embedSnippet('https://leads.example', 'abc123', 'Ask <us> & "them"')).toBe(
      '<script src="https://leads.example/forms/abc123/embed.js" async></script>' +
        '<noscript><a href="https://leads.example/forms/abc123">Ask &#60;us&#62; &#38; &#34;them&#34;</a></noscript>',
    )
  })

  it('an offer names somebody and sends only what is filled in', () => {
    expect(offerFault(EMPTY_OFFER)).not.toBeNull()
    expect(offerFault({ ...EMPTY_OFFER, phone: '403-555-0142' })).toBeNull()
    expect(offerOf({ ...EMPTY_OFFER, lastName: ' Nguyen ' })).toEqual({ lastName: 'Nguyen' })
  })
})
