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

/** So many words are searched for at most. */
export const SEARCH_WORDS_MAX = 8
export const SEARCH_LENGTH_MAX = 200

/** Shorter terms stand in nearly every lead somewhere; they mean the beginning of a word. */
const ANYWHERE_LENGTH_MIN = 3
const PHONE_DIGITS_MIN = 7
const NATIONAL_DIGITS = 10
const PHONE_PART = /^[+(]*\d[\d().\-/]*$/
const ID = /^#?(\d{1,15})$/

/**
 * What a line of search asks for: every word must fit. A phone number is compared by its digits, in whatever notation:
 * "(416) 555-0101", "+1 416 555 0101" and "416.555" all find 4165550101. A whole number may be a lead's id, too.
 */
export function searchTerms(line: string): SearchTerm[] {
  const words = line.split(/\s+/).filter((word) => word !== '')
  const [only] = words
  const id = words.length === 1 && only !== undefined ? ID.exec(only)?.[1] : undefined
  const terms: SearchTerm[] = []
  for (let at = 0; at < words.length; ) {
    const parts = phonePartsFrom(words, at)
    if (parts.length > 1 && digitsOf(parts.join('')).length >= PHONE_DIGITS_MIN) {
      terms.push(termOf(nationalNumbers(parts.join('')), null))
      at += parts.length
      continue
    }
    const word = words[at] ?? ''
    terms.push(termOf(wordTexts(word), id === undefined ? null : Number(id)))
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
