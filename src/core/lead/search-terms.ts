/**
 * One thing that a search asks for. A lead fits when its text has one of `texts`: anywhere, or, with `atWordStart`, at
 * the beginning of a word.
 */
export interface SearchTerm {
  readonly texts: readonly string[]
  readonly atWordStart: boolean
  /** The lead with this id fits as well; null when the term is no id. */
  readonly leadId: number | null
}

/** So many terms are searched for; more of them hardly leave fewer leads. */
const TERMS_MAX = 8
export const SEARCH_LENGTH_MAX = 200

/** Shorter terms stand in nearly every lead somewhere; they mean the beginning of a word. */
const ANYWHERE_LENGTH_MIN = 3
const PHONE_DIGITS_MIN = 7
const NATIONAL_DIGITS = 10
const PHONE_PART = /^[+(]*\d[\d().\-/]*$/
const ID = /^#?(\d{1,15})$/
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u
const EXTENSION = /(\d[\d().\-/\s]{5,}\d)[\s,;]*(?:ext(?:ension)?\.?|x)\s*\d{0,6}(?=[\s,;]|$)/gi

/**
 * What a line of search asks for: every word must fit. A phone number is compared by its digits, in whatever notation:
 * "(416) 555-0101", "+1 416 555 0101" and "416.555" all find 4165550101, and an extension behind it is left out. A whole
 * number may be a lead's id, too. Commas and semicolons part words as blanks do; of more than eight the first eight count.
 */
export function searchTerms(line: string): SearchTerm[] {
  const id = ID.exec(line.trim())?.[1]
  if (id !== undefined) return [termOf(wordTexts(line.trim()), Number(id))]
  const parts = withoutExtensions(line).split(/[,;]/).map(wordsOf)
  const meant = parts.map((words) => words.filter((word) => LETTER_OR_DIGIT.test(word)))
  // A line of marks alone finds nothing, and not everything.
  const asked = meant.some((words) => words.length > 0) ? meant : [wordsOf(line)]
  return asked.flatMap(termsOf).slice(0, TERMS_MAX)
}

/** What is indexed of "403-555-0142 ext. 3" begins with the digits of the phone. */
function withoutExtensions(line: string): string {
  return line.replace(EXTENSION, (all, phone: string) => (digitsOf(phone).length < PHONE_DIGITS_MIN ? all : phone))
}

function wordsOf(line: string): string[] {
  return line.split(/\s+/).filter((word) => word !== '')
}

/** The terms of words that no comma parts, so that several can be one phone number. */
function termsOf(words: readonly string[]): SearchTerm[] {
  const terms: SearchTerm[] = []
  for (let at = 0; at < words.length; ) {
    const parts = phonePartsFrom(words, at)
    if (parts.length > 1 && digitsOf(parts.join('')).length >= PHONE_DIGITS_MIN) {
      terms.push(termOf(nationalNumbers(parts.join('')), null))
      at += parts.length
      continue
    }
    terms.push(termOf(wordTexts(words[at] ?? ''), null))
    at += 1
  }
  return terms
}

/** The run of words from `at` on that can be parts of one phone number; a whole number stands alone. */
function phonePartsFrom(words: readonly string[], at: number): string[] {
  const parts: string[] = []
  for (const word of words.slice(at)) {
    if (!PHONE_PART.test(word) || digitsOf(word).length >= NATIONAL_DIGITS) break
    parts.push(word)
  }
  return parts
}

function wordTexts(word: string): string[] {
  const plain = word.replace(/^#(?=\d)/, '')
  if (!PHONE_PART.test(plain)) return [plain]
  const digits = digitsOf(plain)
  const isLong = digits.length >= PHONE_DIGITS_MIN && digits !== plain
  // As written too: a zip code or a house number is no phone number.
  return [...new Set([plain, ...(isLong || digits.length > NATIONAL_DIGITS ? nationalNumbers(plain) : [digits])])]
}

/** The digits without the country's prefix, as they may stand on record. */
function nationalNumbers(phone: string): string[] {
  const digits = digitsOf(phone)
  if (digits.length > NATIONAL_DIGITS) return [digits.slice(-NATIONAL_DIGITS)]
  if (!digits.startsWith('1')) return [digits]
  return phone.startsWith('+') ? [digits.slice(1)] : [digits, digits.slice(1)]
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '')
}

function termOf(texts: readonly string[], leadId: number | null): SearchTerm {
  return { texts, atWordStart: texts.every((text) => [...text].length < ANYWHERE_LENGTH_MIN), leadId }
}
