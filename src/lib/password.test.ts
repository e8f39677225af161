import { describe, expect, test } from 'vitest'
import { GateFullError } from './gate.ts'
import { hashPassword, passwordFault, UNKNOWN_USER_HASH, verifyPassword } from './password.ts'

/** "password" with the salt "somesalt", from the test vectors of the argon2 reference implementation. */
const REFERENCE = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
/** Costs next to nothing to compare, and matches nothing. */
const CHEAP = `$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$${'A'.repeat(43)}`

describe('hashing', () => {
  test('a hash is a PHC string with the recommended cost and a salt of its own', async () => {
    const [one, two] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')])
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(one).not.toBe(two)
  })

  test.each(['correct horse', '', 'pässwörd:with:colons', '😀'.repeat(128), ' spaces around '])(
    'the password %j matches its own hash and no other text does',
    async (password) => {
      const stored = await hashPassword(password)
      expect(await verifyPassword(stored, password)).toBe(true)
      expect(await verifyPassword(stored, `${password} `)).toBe(false)
      expect(await verifyPassword(stored, `${password.toUpperCase()}x`)).toBe(false)
    },
  )

  test('composed and decomposed letters are different passwords', async () => {
    const stored = await hashPassword('caf\u00e9 caf\u00e9 12')
    expect(await verifyPassword(stored, 'cafe\u0301 cafe\u0301 12')).toBe(false)
  })

  test('cost and salt are read from the stored string', async () => {
    expect(await verifyPassword(REFERENCE, 'password')).toBe(true)
    expect(await verifyPassword(REFERENCE.replace('t=2', 't=3'), 'password')).toBe(false)
    expect(await verifyPassword(REFERENCE, 'Password')).toBe(false)
  })

  test.each(['', 'password', '$2b$12$abcdefghijklmnopqrstuv', REFERENCE.replace('argon2id', 'argon2i')])(
    'the stored string %j matches no password',
    async (stored) => {
      expect(await verifyPassword(stored, 'password')).toBe(false)
    },
  )

  test('no password matches the hash of an unknown user', async () => {
    expect(await verifyPassword(UNKNOWN_USER_HASH, '')).toBe(false)
    expect(await verifyPassword(UNKNOWN_USER_HASH, 'password')).toBe(false)
  })

  test('computations beyond the bounded queue are turned away, and the queue recovers', async () => {
    const settled = await Promise.allSettled(Array.from({ length: 70 }, () => verifyPassword(CHEAP, 'x')))
    const turnedAway = settled.filter((result) => result.status === 'rejected')
    expect(turnedAway).toHaveLength(3)
    for (const { reason } of turnedAway) expect(reason).toBeInstanceOf(GateFullError)
    expect(await verifyPassword(REFERENCE, 'password')).toBe(true)
  })
})

describe('rules for a new password', () => {
  test.each([
    ['11 characters', 'abcdefghijk', 'must have 12 to 128 characters.'],
    ['12 characters', 'kjihgfedcbaz', null],
    ['12 characters of two code units', '😀'.repeat(12), null],
    ['11 characters of two code units', '😀'.repeat(11), 'must have 12 to 128 characters.'],
    ['128 characters', 'z'.repeat(128), null],
    ['129 characters', 'z'.repeat(129), 'must have 12 to 128 characters.'],
    ['small letters alone', 'onlysmallletters', null],
    ['spaces and colons', 'a b : c d : e f', null],
    ['a common one', 'password1234', 'is one of the most common passwords; choose another.'],
    ['a common one in capitals', 'PassWord1234', 'is one of the most common passwords; choose another.'],
    ['a common one within a longer one', 'password1234 and more', null],
    ['a line break', 'twelve\nletters', 'must not contain control characters.'],
    ['a NUL', 'twelve\u0000letters', 'must not contain control characters.'],
    ['half a surrogate pair', 'twelve letters\ud83d', 'must not contain control characters.'],
  ])('%s', (_, password, fault) => {
    expect(passwordFault(password)).toBe(fault)
  })
})
