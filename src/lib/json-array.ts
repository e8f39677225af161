import { fail, ok, type Result } from './result.ts'

/** Why a text is not an array of JSON whose elements can be taken one by one. */
export type JsonArrayFault = 'not-an-array' | 'broken' | 'too-long' | 'too-deep'

const DEPTH_MAX = 32
const BLANK = /^[\t\n\r ]*$/
const FIRST = /[^\t\n\r ]/

const QUOTE = 0x22
const COMMA = 0x2c
const BACKSLASH = 0x5c
const CLOSE_BRACKET = 0x5d

/**
 * Parts the text of a top-level JSON array into the texts of its elements while it arrives in pieces, so that no more
 * than one element and one piece are held. Whether an element's text is JSON is left to whoever parses it. Linear in the
 * text; after a fault it gives nothing more.
 */
export class JsonArrayReader {
  readonly #lengthMax: number
  #phase: 'before' | 'within' | 'after' | 'failed' = 'before'
  /** What has come of the element that is not complete yet. */
  #rest = ''
  #depth = 0
  #inString = false
  #escaped = false
  #count = 0

  /** `lengthMax` bounds the text of one element, in UTF-16 units. */
  constructor(lengthMax: number) {
    this.#lengthMax = lengthMax
  }

  /** The elements that are complete with this piece. */
  push(piece: string): Result<readonly string[], JsonArrayFault> {
    let from = 0
    if (this.#phase === 'before') {
      const at = piece.search(FIRST)
      if (at === -1) return ok([])
      if (piece[at] !== '[') return this.#fail('not-an-array')
      this.#phase = 'within'
      from = at + 1
    }
    if (this.#phase === 'within') return this.#split(piece, from)
    return this.#phase === 'after' && BLANK.test(piece) ? ok([]) : this.#fail('broken')
  }

  /** To be asked once everything has come: why it is not a whole array, or null when it is. */
  end(): JsonArrayFault | null {
    if (this.#phase === 'before') return 'not-an-array'
    return this.#phase === 'after' ? null : 'broken'
  }

  #split(piece: string, from: number): Result<readonly string[], JsonArrayFault> {
    const found: string[] = []
    for (let at = from; at < piece.length; at += 1) {
      const step = this.#step(piece.charCodeAt(at))
      if (step === 'on') continue
      if (step === 'too-deep') return this.#fail('too-deep')
      const text = this.#rest + piece.slice(from, at)
      this.#rest = ''
      from = at + 1
      if (text.length > this.#lengthMax) return this.#fail('too-long')
      const isEmptyArray = step === 'end' && this.#count === 0 && BLANK.test(text)
      if (!isEmptyArray) {
        if (BLANK.test(text)) return this.#fail('broken')
        found.push(text)
        this.#count += 1
      }
      if (step === 'next') continue
      this.#phase = 'after'
      return BLANK.test(piece.slice(from)) ? ok(found) : this.#fail('broken')
    }
    this.#rest += piece.slice(from)
    return this.#rest.length > this.#lengthMax ? this.#fail('too-long') : ok(found)
  }

  /** What one character means: the element goes on, the next one begins, or the array ends. */
  #step(code: number): 'on' | 'next' | 'end' | 'too-deep' {
    if (this.#inString) {
      if (this.#escaped) this.#escaped = false
      else if (code === BACKSLASH) this.#escaped = true
      else if (code === QUOTE) this.#inString = false
      return 'on'
    }
    if (code === QUOTE) this.#inString = true
    else if (code === COMMA && this.#depth === 0) return 'next'
    else if (isOpening(code)) {
      this.#depth += 1
      if (this.#depth > DEPTH_MAX) return 'too-deep'
    } else if (code === CLOSE_BRACKET && this.#depth === 0) return 'end'
    // One too many is left to the element's own parser.
    else if (isClosing(code)) this.#depth = Math.max(0, this.#depth - 1)
    return 'on'
  }

  #fail(fault: JsonArrayFault): Result<never, JsonArrayFault> {
    this.#phase = 'failed'
    this.#rest = ''
    return fail(fault)
  }
}

/** `[` or `{`. */
function isOpening(code: number): boolean {
  return code === 0x5b || code === 0x7b
}

/** `]` or `}`: which of them closes what is seen by the element's own parser. */
function isClosing(code: number): boolean {
  return code === CLOSE_BRACKET || code === 0x7d
}
