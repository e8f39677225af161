import type { Token } from './tokens.ts'

/**
 * One mention of another module. `specifier` is null when an `import()` computes it. `kind` is `type` for `import type`
 * and its like, which leave no trace at run time; `import { type A }` does leave one and is `runtime`.
 */
export type ModuleImport = { specifier: string | null; kind: 'runtime' | 'type'; names: string[]; line: number }

/** What one file imports and re-exports, and whether it contains nothing but re-exports. */
export type FileImports = { imports: ModuleImport[]; isBarrel: boolean }

type Found = { item: ModuleImport; end: number; reExports: boolean }

/** Finds static and dynamic imports, `export … from` and `require` in a token list. */
export function findImports(tokens: Token[]): FileImports {
  const imports: ModuleImport[] = []
  let reExported = 0
  let other = 0
  for (let index = 0; index < tokens.length; index++) {
    const found = importAt(tokens, index)
    if (found === undefined) {
      if (tokens[index]?.text !== ';') other++
      continue
    }
    imports.push(found.item)
    if (found.reExports) reExported++
    else other++
    index = found.end
  }
  return { imports, isBarrel: reExported > 0 && other === 0 }
}

function importAt(tokens: Token[], index: number): Found | undefined {
  const token = tokens[index]
  const before = tokens[index - 1]?.text
  if (token?.kind !== 'word' || before === '.' || before === '?.') return undefined
  if (token.text === 'import') return isWord(tokens[index + 1], '(') ? callAt(tokens, index) : clauseAt(tokens, index)
  if (token.text === 'require') return requireAt(tokens, index)
  return token.text === 'export' ? clauseAt(tokens, index) : undefined
}

function callAt(tokens: Token[], index: number): Found | undefined {
  const token = tokens[index]
  const argument = tokens[index + 2]
  if (token === undefined || argument === undefined) return undefined
  const isLiteral = argument.kind === 'string' || argument.kind === 'template'
  const isWhole = isLiteral && [')', ','].includes(tokens[index + 3]?.text ?? '')
  const kind = tokens[index - 1]?.text === 'typeof' ? 'type' : 'runtime'
  const item: ModuleImport = { specifier: isWhole ? argument.text : null, kind, names: [], line: token.line }
  return { item, end: index + 1, reExports: false }
}

/** `require('x')` and `require.resolve('x')` of a require made by createRequire; others are somebody's own function. */
function requireAt(tokens: Token[], index: number): Found | undefined {
  const isResolve = isWord(tokens[index + 1], '.') && isWord(tokens[index + 2], 'resolve')
  const open = index + (isResolve ? 3 : 1)
  const argument = tokens[open + 1]
  if (!isWord(tokens[open], '(') || argument?.kind !== 'string') return undefined
  const item: ModuleImport = { specifier: argument.text, kind: 'runtime', names: [], line: argument.line }
  return { item, end: open + 1, reExports: false }
}

/** `import 'x'`, `import … from 'x'` and `export … from 'x'`; undefined for every other use of the two words. */
function clauseAt(tokens: Token[], index: number): Found | undefined {
  const start = tokens[index]
  if (start === undefined) return undefined
  const reExports = start.text === 'export'
  const direct = tokens[index + 1]
  if (!reExports && direct?.kind === 'string') {
    const item: ModuleImport = { specifier: direct.text, kind: 'runtime', names: [], line: start.line }
    return { item, end: index + 1, reExports }
  }
  const isType = isWord(direct, 'type') && startsClause(tokens, index + 2)
  const names: string[] = []
  for (let at = index + (isType ? 2 : 1); at < tokens.length; at++) {
    const token = tokens[at]
    const next = tokens[at + 1]
    if (token === undefined) return undefined
    if (token.text === 'from' && next?.kind === 'string') {
      const item: ModuleImport = { specifier: next.text, kind: isType ? 'type' : 'runtime', names, line: start.line }
      return { item, end: at + 1, reExports }
    }
    if (!isClauseToken(token, reExports && at === index + 1)) return undefined
    if (token.kind === 'word') names.push(token.text)
    // The list of a plain `export { a }` ends here; what follows belongs to the next statement.
    if (token.text === '}' && !isWord(next, 'from')) return undefined
  }
  return undefined
}

/** Whether what follows `type` is still a clause, so that `type` is the keyword and not a default import's name. */
function startsClause(tokens: Token[], index: number): boolean {
  const token = tokens[index]
  if (token === undefined) return false
  if (token.text === '{' || token.text === '*') return true
  return token.kind === 'word' && (token.text !== 'from' || tokens[index + 1]?.kind !== 'string')
}

/** `export` is followed by a clause only when a list or a star follows; anything else declares something. */
function isClauseToken(token: Token, isFirstOfExport: boolean): boolean {
  if (isFirstOfExport) return token.text === '{' || token.text === '*' || token.text === 'type'
  return token.kind === 'word' || token.kind === 'string' || ['{', '}', ',', '*'].includes(token.text)
}

function isWord(token: Token | undefined, text: string): boolean {
  return token?.text === text && token.kind !== 'string' && token.kind !== 'template'
}
