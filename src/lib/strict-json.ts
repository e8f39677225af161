import { fail, ok, type Result } from './result.ts'

/** Why a text was refused. `message` is one plain clause under 120 characters; `key` is the decoded name, any length. */
export type StrictJsonFault =
  | { kind: 'empty' }
  | { kind: 'syntax'; message: string }
  | { kind: 'duplicate-key'; key: string }
  | { kind: 'forbidden-key'; key: string }
  | { kind: 'too-deep'; depthMax: number }

/** Objects and arrays inside one another; a scalar has depth 0. It also bounds every recursion of this module. */
const DEPTH_MAX = 32
const FORBIDDEN_KEY = '__proto__'

const TAB = 0x09
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const SPACE = 0x20
const QUOTE = 0x22
const PLUS = 0x2b
const COMMA = 0x2c
const MINUS = 0x2d
const POINT = 0x2e
const ZERO = 0x30
const NINE = 0x39
const COLON = 0x3a
const OPEN_BRACKET = 0x5b
const BACKSLASH = 0x5c
const CLOSE_BRACKET = 0x5d
const LOWER_E = 0x65
const LOWER_U = 0x75
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

/**
 * JSON.parse that also refuses what JSON.parse lets pass: a name given twice in one object (names are compared
 * decoded), the name `__proto__`, and more than 32 levels of nesting. Never throws; linear in the text.
 *
 * JSON.parse keeps one member for each name, so names of the text are missing in the value exactly when one was
 * repeated. Comparing two counts finds that without allocating; only a refused text is walked again for the reason.
 */
export function parseStrictJson(text: string): Result<unknown, StrictJsonFault> {
  const membersInText = countMembersOfText(text)
  if (membersInText === undefined) return fail({ kind: 'too-deep', depthMax: DEPTH_MAX })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return fail(findFault(text) ?? { kind: 'syntax', message: 'it cannot be read' })
  }
  if (countMembers(value) === membersInText) return ok(value)
  const fault = findFault(text)
  return fault === undefined ? ok(value) : fail(fault)
}

/** Colons outside strings, or undefined when the text nests too deep. Only meaningful up to the first syntax error. */
function countMembersOfText(text: string): number | undefined {
  let members = 0
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case QUOTE:
        at = closingQuote(text, at + 1)
        break
      case COLON:
        members += 1
        break
      case OPEN_BRACE:
      case OPEN_BRACKET:
        depth += 1
        if (depth > DEPTH_MAX) return undefined
        break
      case CLOSE_BRACE:
      case CLOSE_BRACKET:
        depth -= 1
        break
    }
  }
  return members
}

/** Position of the quote that ends a string whose content starts at `at`, or the length of the text without one. */
function closingQuote(text: string, at: number): number {
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) return at
    at += code === BACKSLASH ? 2 : 1
  }
  return text.length
}

/** Members of all objects in the value. The forbidden name is left out, so that it shows as missing. */
function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let members = 0
  if (Array.isArray(value)) {
    for (const item of value) members += countMembers(item)
    return members
  }
  const object = value as Record<string, unknown>
  for (const key of Object.keys(object)) {
    if (key !== FORBIDDEN_KEY) members += 1 + countMembers(object[key])
  }
  return members
}

interface Cursor {
  readonly text: string
  at: number
}

type Found = StrictJsonFault | undefined

/** Walks the grammar of RFC 8259 to the first fault. Depth was bounded before, so the recursion is too. */
function findFault(text: string): Found {
  const cursor: Cursor = { text, at: 0 }
  skipBlanks(cursor)
  if (cursor.at === text.length) return { kind: 'empty' }
  const fault = walkValue(cursor)
  if (fault !== undefined) return fault
  skipBlanks(cursor)
  return cursor.at === text.length ? undefined : unexpected(cursor)
}

function walkValue(cursor: Cursor): Found {
  skipBlanks(cursor)
  switch (cursor.text[cursor.at]) {
    case '{':
      return walkObject(cursor)
    case '[':
      return walkArray(cursor)
    case '"':
      return walkString(cursor)
    case 't':
      return walkWord(cursor, 'true')
    case 'f':
      return walkWord(cursor, 'false')
    case 'n':
      return walkWord(cursor, 'null')
    default:
      return walkNumber(cursor)
  }
}

function walkObject(cursor: Cursor): Found {
  const seen = new Set<string>()
  cursor.at += 1
  skipBlanks(cursor)
  if (take(cursor, CLOSE_BRACE)) return undefined
  for (;;) {
    const fault = walkName(cursor, seen) ?? walkValue(cursor)
    if (fault !== undefined) return fault
    skipBlanks(cursor)
    if (take(cursor, CLOSE_BRACE)) return undefined
    if (!take(cursor, COMMA)) return unexpected(cursor)
  }
}

function walkName(cursor: Cursor, seen: Set<string>): Found {
  skipBlanks(cursor)
  const start = cursor.at
  if (codeAt(cursor) !== QUOTE) return unexpected(cursor)
  const fault = walkString(cursor)
  if (fault !== undefined) return fault
  const key: string = JSON.parse(cursor.text.slice(start, cursor.at))
  if (key === FORBIDDEN_KEY) return { kind: 'forbidden-key', key }
  if (seen.has(key)) return { kind: 'duplicate-key', key }
  seen.add(key)
  skipBlanks(cursor)
  return take(cursor, COLON) ? undefined : unexpected(cursor)
}

function walkArray(cursor: Cursor): Found {
  cursor.at += 1
  skipBlanks(cursor)
  if (take(cursor, CLOSE_BRACKET)) return undefined
  for (;;) {
    const fault = walkValue(cursor)
    if (fault !== undefined) return fault
    skipBlanks(cursor)
    if (take(cursor, CLOSE_BRACKET)) return undefined
    if (!take(cursor, COMMA)) return unexpected(cursor)
  }
}

function walkString(cursor: Cursor): Found {
  cursor.at += 1
  for (;;) {
    const code = codeAt(cursor)
    if (Number.isNaN(code) || code < SPACE) return unexpected(cursor)
    cursor.at += 1
    if (code === QUOTE) return undefined
    if (code === BACKSLASH && !takeEscape(cursor)) return unexpected(cursor)
  }
}

function takeEscape(cursor: Cursor): boolean {
  const letter = cursor.text[cursor.at]
  if (letter === undefined || !'"\\/bfnrtu'.includes(letter)) return false
  cursor.at += 1
  if (letter.charCodeAt(0) !== LOWER_U) return true
  for (let digits = 0; digits < 4; digits += 1) {
    const digit = cursor.text[cursor.at]
    if (digit === undefined || !'0123456789abcdefABCDEF'.includes(digit)) return false
    cursor.at += 1
  }
  return true
}

function walkNumber(cursor: Cursor): Found {
  take(cursor, MINUS)
  if (!take(cursor, ZERO) && !takeDigits(cursor)) return unexpected(cursor)
  if (take(cursor, POINT) && !takeDigits(cursor)) return unexpected(cursor)
  // Setting the 0x20 bit turns E into e and no other character into one.
  if ((codeAt(cursor) | 0x20) !== LOWER_E) return undefined
  cursor.at += 1
  if (!take(cursor, PLUS)) take(cursor, MINUS)
  return takeDigits(cursor) ? undefined : unexpected(cursor)
}

function takeDigits(cursor: Cursor): boolean {
  const start = cursor.at
  for (let code = codeAt(cursor); code >= ZERO && code <= NINE; code = codeAt(cursor)) cursor.at += 1
  return cursor.at > start
}

function walkWord(cursor: Cursor, word: string): Found {
  for (const letter of word) {
    if (cursor.text[cursor.at] !== letter) return unexpected(cursor)
    cursor.at += 1
  }
  return undefined
}

function skipBlanks(cursor: Cursor): void {
  for (;;) {
    const code = codeAt(cursor)
    if (code !== SPACE && code !== LINE_FEED && code !== CARRIAGE_RETURN && code !== TAB) return
    cursor.at += 1
  }
}

function take(cursor: Cursor, code: number): boolean {
  if (codeAt(cursor) !== code) return false
  cursor.at += 1
  return true
}

/** NaN at the end of the text, which equals no character. */
function codeAt(cursor: Cursor): number {
  return cursor.text.charCodeAt(cursor.at)
}

function unexpected({ text, at }: Cursor): StrictJsonFault {
  const point = text.codePointAt(at)
  if (point === undefined) return { kind: 'syntax', message: 'it ends too early' }
  let line = 1
  let lineStart = 0
  for (let feed = text.indexOf('\n'); feed >= 0 && feed < at; feed = text.indexOf('\n', lineStart)) {
    line += 1
    lineStart = feed + 1
  }
  const place = `line ${line}, column ${at - lineStart + 1}`
  return { kind: 'syntax', message: `unexpected ${characterName(point)} at ${place}` }
}

/** The character itself where a reader can see it, else its number: a no-break space must not look like a space. */
function characterName(point: number): string {
  const character = String.fromCodePoint(point)
  if (/^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character)) return `character ${character}`
  return `character U+${point.toString(16).toUpperCase().padStart(4, '0')}`
}
