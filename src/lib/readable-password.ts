import { randomBytes } from 'node:crypto'

const CONSONANTS = 'bdfghjklmnprstvz'
const VOWELS = 'aiou'
const WORDS = 4

/**
 * A random password of 64 bits that can be read aloud, such as "lusab-babad-gutih-tugad" (the form known as proquint).
 * Letters and hyphens only, so it needs no escaping in a shell, a URL or a header.
 */
export function makeReadablePassword(): string {
  const bytes = randomBytes(WORDS * 2)
  return Array.from({ length: WORDS }, (_, i) => wordOf(bytes.readUInt16BE(i * 2))).join('-')
}

function wordOf(bits: number): string {
  const consonant = (shift: number) => CONSONANTS.charAt((bits >> shift) & 15)
  const vowel = (shift: number) => VOWELS.charAt((bits >> shift) & 3)
  return consonant(12) + vowel(10) + consonant(6) + vowel(4) + consonant(0)
}
