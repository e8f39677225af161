import { expect, test } from 'vitest'
import { passwordFault } from './password.ts'
import { makeReadablePassword } from './readable-password.ts'

test('a password can be read aloud, passes the password rules and never comes twice', () => {
  const passwords = Array.from({ length: 2000 }, makeReadablePassword)
  expect(new Set(passwords).size).toBe(passwords.length)
  for (const password of passwords) {
    expect(password).toMatch(/^(?:[bdfghjklmnprstvz][aiou][bdfghjklmnprstvz][aiou][bdfghjklmnprstvz](?:-|$)){4}$/)
    expect(passwordFault(password)).toBeNull()
  }
})

test('every letter of the alphabet used takes part', () => {
  const letters = new Set(Array.from({ length: 500 }, makeReadablePassword).join('').split(''))
  expect([...letters].sort().join('')).toBe('-abdfghijklmnoprstuvz')
})
