/** `string` holds the text between the quotes as written; `template` one without substitutions; the rest as written. */
export type Token = {
  kind: 'word' | 'string' | 'template' | 'regex' | 'number' | 'punctuation'
  text: string
  line: number
}

/** Words after which a slash begins a regular expression, although other words end a value. */
const OPERATOR_WORDS = new Set(
  'await case delete do else extends in instanceof new of return throw typeof void yield'.split(' '),
)
const HEAD_WORDS = new Set(['if', 'while', 'for', 'with'])

const SPACE = /\s+/y
const COMMENT = /\/\/[^\n]*|\/\*.*?(?:\*\/|$)/sy
const WORD = /#?[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy
const NUMBER = /\.?\d(?:[eE][+-]|[\w.])*/y
// An unterminated string or regular expression ends with its line, so one odd line cannot hide the rest of a file.
const STRING = /'(?:\\.|[^'\\\n])*'?|"(?:\\.|[^"\\\n])*"?/sy
const REGEX = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*/y
const TEMPLATE_PART = /(?:\\.|\$(?!\{)|[^`\\$]+)*/sy
const PUNCTUATION = /\?\.(?!\d)|=>|\+\+|--|[!=]==?|&&|\|\||\?\?|\.\.\.|./suy

/** In the order in which they are tried; the last one takes any character. */
const PLAIN = [
  ['word', WORD],
  ['number', NUMBER],
  ['string', STRING],
  ['regex', REGEX],
  ['punctuation', PUNCTUATION],
] as const

/**
 * Splits TypeScript into tokens without comments and white space. It knows just enough of the language that nothing
 * inside a string, template text, comment or regular expression is taken for code.
 */
export function tokenize(source: string): Token[] {
  const scanner = new Scanner(source.replace(/^#!.*/, ''))
  scanner.run()
  return scanner.tokens
}

class Scanner {
  readonly tokens: Token[] = []
  readonly #source: string
  #position = 0
  #line = 1
  /** What each open bracket was: '${' belongs to a template, 'head' is the parenthesis of `if (…)` and its like. */
  readonly #open: string[] = []
  /** Whether the last token ended a value, so that a slash divides. */
  #afterValue = false

  constructor(source: string) {
    this.#source = source
  }

  run(): void {
    while (this.#position < this.#source.length) {
      if (this.#take(SPACE) !== undefined || this.#take(COMMENT) !== undefined) continue
      if (this.#source[this.#position] === '`') this.#template()
      else this.#plainToken()
    }
  }

  #plainToken(): void {
    const line = this.#line
    for (const [kind, pattern] of PLAIN) {
      if (kind === 'regex' && !this.#regexMayFollow()) continue
      const text = this.#take(pattern)
      if (text === undefined) continue
      if (kind === 'punctuation') this.#punctuation(text, line)
      else this.#push(kind, kind === 'string' ? text.slice(1, -1) : text, line, this.#endsValue(kind, text))
      return
    }
  }

  /** `</` only occurs in JSX, where no regular expression follows. */
  #regexMayFollow(): boolean {
    return !this.#afterValue && this.#lastText() !== '<'
  }

  #endsValue(kind: Token['kind'], text: string): boolean {
    const isMember = this.#lastText() === '.' || this.#lastText() === '?.'
    return kind !== 'word' || isMember || !OPERATOR_WORDS.has(text)
  }

  #punctuation(text: string, line: number): void {
    if (text === '(') this.#open.push(HEAD_WORDS.has(this.#lastText()) ? 'head' : '(')
    if (text === '{') this.#open.push('{')
    const closed = text === ')' || text === '}' ? this.#open.pop() : undefined
    // Postfix operators leave a value a value.
    const isPostfix = this.#afterValue && ['++', '--', '!'].includes(text)
    const endsValue = isPostfix || [')', ']', '}'].includes(text)
    this.#push('punctuation', text, line, endsValue && closed !== 'head')
    if (closed === '${') this.#templateRest(line)
  }

  #template(): void {
    this.#position++
    this.#templateRest(this.#line)
  }

  /** One stretch of template text, up to its end or to the next substitution, whose code is scanned as usual. */
  #templateRest(line: number): void {
    const text = this.#take(TEMPLATE_PART) ?? ''
    const isSubstitution = this.#source[this.#position] === '$'
    this.#position += isSubstitution ? 2 : 1
    if (isSubstitution) this.#open.push('${')
    this.#push(isSubstitution ? 'punctuation' : 'template', isSubstitution ? '${' : text, line, !isSubstitution)
  }

  #lastText(): string {
    return this.tokens.at(-1)?.text ?? ''
  }

  #push(kind: Token['kind'], text: string, line: number, afterValue: boolean): void {
    this.tokens.push({ kind, text, line })
    this.#afterValue = afterValue
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#position
    const text = pattern.exec(this.#source)?.[0]
    if (text === undefined) return undefined
    this.#position += text.length
    this.#line += text.split('\n').length - 1
    return text
  }
}
