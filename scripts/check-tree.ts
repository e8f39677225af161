// Checks the house rules that no other tool checks: file length, left-over marks, suppressions, names of prepared
// statements, npm scripts.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { listFiles, reportViolations, type Violation } from './lib/files.ts'
import { tokenize } from './lib/tokens.ts'

const LINES_MAX = 500
const NPM_SCRIPTS_MAX = 15
const NPM_SCRIPT_CHARACTERS_MAX = 80
const MARKED_FOLDERS = ['src', 'test', 'scripts', 'portal']
const CODE = ['.ts', '.tsx']
const TEXT = [...CODE, '.js', '.mjs', '.css', '.html', '.sql', '.md']

// Put together at run time, so that this file does not contain what it looks for.
const MARKS = ['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX', 'HA' + 'CK']
const SUPPRESSIONS = ['@ts-' + 'ignore', '@ts-' + 'expect-error', '@ts-' + 'nocheck', 'biome-' + 'ignore']
const UNTYPED = 'any'

/** Every broken house rule below a root folder. */
export function checkTree(rootDir: string): Violation[] {
  return [
    ...listFiles(rootDir, 'src', TEXT).flatMap((file) => checkLength(rootDir, file)),
    ...MARKED_FOLDERS.flatMap((folder) => listFiles(rootDir, folder, TEXT)).flatMap((file) =>
      checkMarks(rootDir, file),
    ),
    ...checkStatementNames(rootDir),
    ...checkNpmScripts(rootDir),
  ]
}

/** Two texts under one name work until they meet on one connection. */
function checkStatementNames(rootDir: string): Violation[] {
  const firstFile = new Map<string, string>()
  return listFiles(rootDir, 'src/store', CODE).flatMap((file) => {
    const names = [...readFileSync(join(rootDir, file), 'utf8').matchAll(/\bname: '([^']+)'/g)].map(
      ([, name = '']) => name,
    )
    return names.flatMap((name) => {
      const first = firstFile.get(name)
      firstFile.set(name, first ?? file)
      const rule = `each prepared statement has a name of its own; this one is in ${first}`
      return first === undefined ? [] : [{ file, target: name, rule }]
    })
  })
}

function checkLength(rootDir: string, file: string): Violation[] {
  const lines = readFileSync(join(rootDir, file), 'utf8').replace(/\n$/, '').split('\n').length
  if (lines <= LINES_MAX) return []
  return [{ file, target: `${lines} lines`, rule: `a file in src has at most ${LINES_MAX}` }]
}

function checkMarks(rootDir: string, file: string): Violation[] {
  const source = readFileSync(join(rootDir, file), 'utf8')
  const found = source.split('\n').flatMap((text, index) => {
    const marks = MARKS.filter((mark) => new RegExp(`\\b${mark}\\b`).test(text))
    const suppressions = SUPPRESSIONS.filter((word) => text.includes(word))
    return [
      ...marks.map((mark) => ({ file, target: `${mark} in line ${index + 1}`, rule: 'finish it or open an issue' })),
      ...suppressions.map((word) => ({ file, target: `${word} in line ${index + 1}`, rule: 'repair the cause' })),
    ]
  })
  return CODE.some((extension) => file.endsWith(extension)) ? [...found, ...checkTypes(file, source)] : found
}

/** By tokens, because prose may well speak "as any" reader would. */
function checkTypes(file: string, source: string): Violation[] {
  const tokens = tokenize(source)
  return tokens.flatMap((token, at) => {
    const before = tokens[at - 1]
    const isType = token.kind === 'word' && token.text === UNTYPED && before !== undefined
    if (!isType || ![':', 'as'].includes(before.text) || before.kind === 'string') return []
    return [{ file, target: `${before.text} ${UNTYPED} in line ${token.line}`, rule: 'name the type, or use unknown' }]
  })
}

function checkNpmScripts(rootDir: string): Violation[] {
  const file = 'package.json'
  if (!existsSync(join(rootDir, file))) return []
  const { scripts = {} }: { scripts?: Record<string, string> } = JSON.parse(readFileSync(join(rootDir, file), 'utf8'))
  const violations = Object.entries(scripts)
    .filter(([, command]) => command.length > NPM_SCRIPT_CHARACTERS_MAX)
    .map(([name]) => ({
      file,
      target: name,
      rule: `an npm script has at most ${NPM_SCRIPT_CHARACTERS_MAX} characters`,
    }))
  const count = Object.keys(scripts).length
  if (count > NPM_SCRIPTS_MAX) {
    violations.push({ file, target: `${count} scripts`, rule: `there are at most ${NPM_SCRIPTS_MAX} npm scripts` })
  }
  return violations
}

if (import.meta.main) reportViolations(checkTree(join(import.meta.dirname, '..')))
