import { describe, expect, test } from 'vitest'
import { readConfig } from '../../src/config.ts'

const read = (settings: Record<string, string>) => readConfig(settings, '/')
const MAIL = { SMTP_URL: 'smtp://me:pass%20word@mail.example:2525', MAIL_FROM: 'desk@lead.example' }
const PUBLIC_URL = 'https://lead.example'

describe('settings of the portal and its e-mail', () => {
  test('are off by default', () => {
    expect(read({})).toMatchObject({
      publicUrl: null,
      smtp: null,
      secretKey: null,
      sessionIdleMinutes: 720,
      sessionDays: 14,
    })
  })

  test('PUBLIC_URL stands without a slash at its end', () => {
    for (const given of [PUBLIC_URL, `${PUBLIC_URL}/`, ' HTTPS://lead.example:443 ']) {
      expect(read({ PUBLIC_URL: given }).publicUrl).toBe(PUBLIC_URL)
    }
    expect(read({ PUBLIC_URL: 'http://10.0.0.7:8080' }).publicUrl).toBe('http://10.0.0.7:8080')
  })

  test.each([
    'lead.example',
    'ftp://lead.example',
    `${PUBLIC_URL}/portal`,
    `${PUBLIC_URL}?x`,
    'https://me:x@lead.example',
  ])('PUBLIC_URL %j is refused', (given) => {
    expect(() => read({ PUBLIC_URL: given })).toThrow(/PUBLIC_URL must be http/)
  })

  test('SMTP_URL goes with a sender and a public address', () => {
    expect(read({ ...MAIL, PUBLIC_URL }).smtp).toEqual({ url: MAIL.SMTP_URL, from: MAIL.MAIL_FROM })
    const named = 'Leadwright <desk@lead.example>'
    expect(read({ ...MAIL, PUBLIC_URL, MAIL_FROM: named }).smtp?.from).toBe(named)
    expect(() => read(MAIL)).toThrow(/PUBLIC_URL must be set when SMTP_URL is/)
    expect(() => read({ ...MAIL, PUBLIC_URL, MAIL_FROM: '' })).toThrow(/MAIL_FROM must be/)
    expect(() => read({ ...MAIL, PUBLIC_URL, MAIL_FROM: 'nobody' })).toThrow(/MAIL_FROM must be/)
    expect(() => read({ ...MAIL, PUBLIC_URL, SMTP_URL: 'mail.example:25' })).toThrow(/SMTP_URL must be/)
    expect(read({ PUBLIC_URL, MAIL_FROM: MAIL.MAIL_FROM }).smtp).toBeNull()
  })

  test('all faults are told together', () => {
    const wrong = { SECRET_KEY: 'short', SESSION_DAYS: '0', SESSION_IDLE_MINUTES: 'x', SMTP_URL: 'x', PUBLIC_URL: 'x' }
    for (const name of Object.keys(wrong)) expect(() => read(wrong)).toThrow(name)
  })
})
