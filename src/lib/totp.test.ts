import { expect, test } from 'vitest'
import { findTotpStep, makeTotpSecret, totpUri } from './totp.ts'

/** "12345678901234567890", the secret of RFC 6238's test vectors. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('at second %i the code of RFC 6238 is right, one step early or late too, and no later', (second, code) => {
  const step = Math.floor(second / 30)
  for (const off of [-30, 0, 30]) expect(findTotpStep(RFC_SECRET, code, (second + off) * 1000)).toBe(step)
  for (const off of [-60, 60, 90]) expect(findTotpStep(RFC_SECRET, code, (second + off) * 1000)).toBeNull()
})

test.each(['', '28708', '2870820', '28708a', ' 287082', '２８７０８２'])('%j is no code', (code) => {
  expect(findTotpStep(RFC_SECRET, code, 59_000)).toBeNull()
})

test('a new secret has 160 bits and stands in the address for authenticators', () => {
  const secret = makeTotpSecret()
  expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  expect(makeTotpSecret()).not.toBe(secret)
  const uri = new URL(totpUri(secret, 'sam@elm.example'))
  expect([uri.protocol, uri.host]).toEqual(['otpauth:', 'totp'])
  expect(decodeURIComponent(uri.pathname)).toBe('/Leadwright:sam@elm.example')
  expect(Object.fromEntries(uri.searchParams)).toEqual({
    issuer: 'Leadwright',
    secret,
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  })
})
