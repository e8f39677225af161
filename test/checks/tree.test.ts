import { spawnSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkTree } from '../../scripts/check-tree.ts'
import { withPlantedTree } from './planted-tree.ts'

const ROOT = join(import.meta.dirname, '../..')
// Put together at run time: the check reads this file too.
const ANY = 'any'

function check(files: Record<string, string>): string[] {
  return withPlantedTree(files, checkTree).map(({ file, target, rule }) => `${file} → ${target}: ${rule}`)
}

test('the real tree keeps every house rule', () => {
  expect(checkTree(ROOT)).toEqual([])
})

test('a file of 501 lines in src is found, one of 500 is not, and elsewhere length is free', () => {
  const lines = (count: number) => 'x()\n'.repeat(count)
  expect(check({ 'src/a.ts': lines(501), 'src/b.ts': lines(500), 'test/c.ts': lines(501) })).toEqual([
    'src/a.ts → 501 lines: a file in src has at most 500',
  ])
})

test.each(['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX', 'HA' + 'CK'])('the mark %s is found in every folder', (mark) => {
  const text = `const a = 1\n// ${mark}: later`
  const files = { 'portal/a.css': text, 'scripts/a.mjs': text, 'src/a.ts': text, 'test/a.ts': text }
  expect(check(files).sort()).toEqual(
    Object.keys(files).map((file) => `${file} → ${mark} in line 2: finish it or open an issue`),
  )
  expect(check({ 'src/a.ts': `// ${mark}S are words of their own, ${mark.toLowerCase()} too` })).toEqual([])
})

test.each(['@ts-' + 'ignore', '@ts-' + 'expect-error', '@ts-' + 'nocheck', 'biome-' + 'ignore'])(
  'the suppression %s is found',
  (word) => {
    expect(check({ 'portal/a.tsx': `// ${word} because` })).toEqual([
      `portal/a.tsx → ${word} in line 1: repair the cause`,
    ])
  },
)

test('the type that turns checking off is found in code, and prose may use the word', () => {
  const source = [
    `let a: ${ANY}`,
    `const b = a as ${ANY}`,
    `// as ${ANY} reader knows: ${ANY} text`,
    `f('x as ${ANY}')`,
  ]
  expect(check({ 'test/a.ts': source.join('\n') })).toEqual([
    `test/a.ts → : ${ANY} in line 1: name the type, or use unknown`,
    `test/a.ts → as ${ANY} in line 2: name the type, or use unknown`,
  ])
})

test('a name that two prepared statements have is found', () => {
  const statement = (name: string) => `export const A = { name: '${name}', text: 'SELECT 1' }`
  const files = { 'src/store/a.ts': statement('find'), 'src/store/b/c.ts': statement('find') }
  expect(check(files)).toEqual([
    'src/store/b/c.ts → find: each prepared statement has a name of its own; this one is in src/store/a.ts',
  ])
  expect(check({ ...files, 'src/store/b/c.ts': statement('find-all') })).toEqual([])
})

test('more than 15 npm scripts, or one over 80 characters, is found', () => {
  const scripts = (count: number, length: number) => {
    const entries = Array.from({ length: count }, (_, index) => [`s${index}`, 'x'.repeat(length)])
    return { 'package.json': JSON.stringify({ scripts: Object.fromEntries(entries) }) }
  }
  expect(check(scripts(15, 80))).toEqual([])
  expect(check(scripts(16, 80))).toEqual(['package.json → 16 scripts: there are at most 15 npm scripts'])
  expect(check(scripts(1, 81))).toEqual(['package.json → s0: an npm script has at most 80 characters'])
})

test('the command fails with one line for each violation and passes silently otherwise', () => {
  const run = (source: string) =>
    withPlantedTree({ 'package.json': '{"type":"module"}', 'src/a.ts': source }, (rootDir) => {
      cpSync(join(ROOT, 'scripts'), join(rootDir, 'scripts'), { recursive: true })
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(rootDir, 'scripts/check-tree.ts')])
      return { status, output: `${stdout}${stderr}` }
    })
  expect(run(`let a: ${ANY}`)).toEqual({
    status: 1,
    output: `src/a.ts → : ${ANY} in line 1: name the type, or use unknown\n`,
  })
  expect(run('let a: unknown')).toEqual({ status: 0, output: '' })
})
