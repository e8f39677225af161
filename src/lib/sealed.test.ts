import { expect, test } from 'vitest'
import { seal, sealingKey, unseal } from './sealed.ts'

const key = sealingKey('a secret of at least 32 characters')

test.each(['', 'JBSWY3DPEHPK3PXP', 'Grüße ✓'])('%j comes back, and never looks the same twice', (text) => {
  const sealed = seal(key, text, 'user 7')
  expect(unseal(key, sealed, 'user 7')).toBe(text)
  expect(seal(key, text, 'user 7').equals(sealed)).toBe(false)
  if (text !== '') expect(sealed.includes(Buffer.from(text))).toBe(false)
})

test('another purpose, any changed byte and a cut are refused', () => {
  const sealed = seal(key, 'JBSWY3DPEHPK3PXP', 'user 7')
  expect(() => unseal(key, sealed, 'user 8')).toThrow()
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Buffer.from(sealed)
    changed[at] = (changed[at] ?? 0) ^ 1
    expect(() => unseal(key, changed, 'user 7'), `byte ${at}`).toThrow()
  }
  expect(() => unseal(key, sealed.subarray(0, -1), 'user 7')).toThrow()
  expect(() => unseal(key, Buffer.alloc(0), 'user 7')).toThrow()
})

test('a wrong key is told from damage, naming the setting', () => {
  const sealed = seal(key, 'text', 'user 7')
  expect(() => unseal(sealingKey('another secret of enough characters'), sealed, 'user 7')).toThrow(/SECRET_KEY/)
})
