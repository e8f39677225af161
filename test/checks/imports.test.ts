import { spawnSync } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkImports } from '../../scripts/check-imports.ts'
import { findImports } from '../../scripts/lib/imports.ts'
import { tokenize } from '../../scripts/lib/tokens.ts'
import { withPlantedTree } from './planted-tree.ts'

const ROOT = join(import.meta.dirname, '../..')

function check(files: Record<string, string>): string[] {
  return withPlantedTree(files, checkImports).map(({ file, target, rule }) => `${file} → ${target}: ${rule}`)
}

function importsOf(source: string): string[] {
  return findImports(tokenize(source)).imports.map(({ specifier, kind }) => `${kind} ${specifier}`)
}

test('the real tree keeps every import rule', () => {
  expect(checkImports(ROOT)).toEqual([])
})

const ALLOWED: [from: string, to: string][] = [
  ['src/core/lead/lead.ts', '../../lib/money.ts'],
  ['src/store/leads.ts', '../core/lead/lead.ts'],
  ['src/store/embedded/start.ts', '../leads.ts'],
  ['src/app/accept-lead.ts', '../store/leads.ts'],
  ['src/api/kit/auth.ts', '../../app/accept-lead.ts'],
  ['src/api/renovationfind/routes.ts', '../kit/auth.ts'],
  ['src/api/renovationfind/routes.ts', './map/out.ts'],
  ['src/api/renovationfind/map/out.ts', '../routes.ts'],
  ['src/jobs/relay.ts', '../store/leads.ts'],
  ['src/cli/serve.ts', '../api/native/routes.ts'],
  ['src/cli/serve.ts', '../server.ts'],
  ['src/cli/serve.ts', '../config.ts'],
  ['src/cli/serve.ts', '../../package.json'],
  ['src/main.ts', './config.ts'],
  ['src/server-http.ts', './config.ts'],
  ['src/main.ts', './store/leads.ts'],
  ['src/store/leads.ts', 'node:crypto'],
  ['src/store/leads.ts', 'pg'],
  ['src/lib/hash.test.ts', '../store/leads.ts'],
]

test.each(ALLOWED)('%s may import %s', (from, to) => {
  expect(check({ [from]: `import { x } from '${to}'` })).toEqual([])
})

const FORBIDDEN: [from: string, to: string, rule: string][] = [
  ['src/lib/money.ts', '../core/lead.ts', 'lib may not import core'],
  ['src/core/lead.ts', '../store/leads.ts', 'core may not import store'],
  ['src/store/leads.ts', '../app/accept-lead.ts', 'store may not import app'],
  ['src/app/accept-lead.ts', '../jobs/relay.ts', 'app may not import jobs'],
  ['src/app/accept-lead.ts', '../api/kit/auth.ts', 'app may not import api/kit'],
  ['src/app/accept-lead.ts', '../config.ts', 'app may not import config'],
  ['src/api/native/routes.ts', '../../store/leads.ts', 'api/native may not import store'],
  ['src/api/native/routes.ts', '../renovationfind/routes.ts', 'api/native may not import api/renovationfind'],
  ['src/api/native/routes.ts', '../../jobs/relay.ts', 'api/native may not import jobs'],
  ['src/api/kit/auth.ts', '../native/routes.ts', 'api/kit may not import api/native'],
  ['src/api/kit/auth.ts', '../../store/leads.ts', 'api/kit may not import store'],
  ['src/jobs/relay.ts', '../api/kit/auth.ts', 'jobs may not import api/kit'],
  ['src/jobs/relay.ts', '../cli/serve.ts', 'jobs may not import cli'],
  ['src/jobs/relay.ts', '../main.ts', 'jobs may not import root'],
  ['src/config.ts', './store/leads.ts', 'config may not import store'],
  ['src/engine.ts', './config.ts', 'root may not import config'],
  ['src/main.ts', '../test/support/lead.ts', 'root may not import test/support/lead.ts'],
]

test.each(FORBIDDEN)('%s importing %s is found', (from, to, rule) => {
  expect(check({ [from]: `import { x } from '${to}'` })).toEqual([expect.stringContaining(rule)])
})

test.each([
  "import type { X } from '../store/leads.ts'",
  "import { type X } from '../store/leads.ts'",
  "import * as leads from '../store/leads.ts'",
  "import '../store/leads.ts'",
  "export const a = 1\nexport { X } from '../store/leads.ts'",
  "export const a = 1\nexport * from '../store/leads.ts'",
  "export const a = 1\nexport type { X } from '../store/leads.ts'",
  "const leads = await import('../store/leads.ts')",
  'const leads = await import(`../store/leads.ts`)',
  "type X = typeof import('../store/leads.ts')",
  "const leads = require('../store/leads.ts')",
])('a forbidden import is found in the form %s', (source) => {
  expect(check({ 'src/core/lead.ts': source })).toEqual([
    'src/core/lead.ts → src/store/leads.ts: core may not import store',
  ])
})

test('only the type of the configuration may reach the other files at the root', () => {
  expect(check({ 'src/engine.ts': "import type { Config } from './config.ts'" })).toEqual([])
})

test('a computed import is refused, because no check can follow it', () => {
  const rule = 'name the file with a string, so it can be checked'
  expect(check({ 'src/app/a.ts': 'await import(path)' })).toEqual([`src/app/a.ts → import(): ${rule}`])
  expect(check({ 'src/app/a.ts': "await import('../store/' + name)" })).toEqual([`src/app/a.ts → import(): ${rule}`])
})

test('core may not import a built-in or a package, not even a type', () => {
  const source = "import { hash } from 'node:crypto'\nimport fs from 'fs'\nimport type { Static } from 'typebox'"
  const rule = 'core imports no built-in and no package'
  expect(check({ 'src/core/a.ts': source })).toEqual(
    ['node:crypto', 'fs', 'typebox'].map((target) => `src/core/a.ts → ${target}: ${rule}`),
  )
})

test.each(['Date.now()', 'new Date()', 'Math.random()', 'crypto.randomUUID()', 'performance.now()'])(
  'core may not call %s',
  (call) => {
    expect(check({ 'src/core/a.ts': `const x = ${call}` })).toHaveLength(1)
    expect(check({ 'src/store/a.ts': `const x = ${call}` })).toEqual([])
  },
)

test.each([
  'const port = process.env.PORT',
  "const port = process['env']['PORT']",
  'const { env } = process',
  'const { argv, env: { PORT } } = process',
  "import { env } from 'node:process'",
  'const port = `$' + '{process.env.PORT}`',
])('the environment is read in main, config and cli only: %s', (source) => {
  const rule = 'process.env: only src/main.ts, src/config.ts and src/cli read the environment'
  expect(check({ 'src/server.ts': source })).toEqual([`src/server.ts → ${rule}`])
  const readers = ['src/main.ts', 'src/config.ts', 'src/cli/serve.ts', 'src/app/a.test.ts']
  expect(check(Object.fromEntries(readers.map((file) => [file, source])))).toEqual([])
})

test('a cycle of run-time imports is found once, tests included, and shown by its shortest way round', () => {
  const files = {
    'src/app/a.ts': "import { b } from './b.ts'",
    'src/app/b.ts': "import { c } from './c.ts'\nimport { d } from './d.ts'",
    'src/app/c.ts': "import { a } from './a.ts'",
    'src/app/d.ts': "import { c } from './c.ts'",
    'src/lib/x.test.ts': "import { y } from './y.ts'",
    'src/lib/y.ts': "export const load = () => import('./x.test.ts')",
    'src/lib/self.ts': "import { self } from './self.ts'",
  }
  expect(check(files)).toEqual([
    'src/app/a.ts → src/app/b.ts → src/app/c.ts → src/app/a.ts: import cycle',
    'src/lib/self.ts → src/lib/self.ts: import cycle',
    'src/lib/x.test.ts → src/lib/y.ts → src/lib/x.test.ts: import cycle',
  ])
})

test('a cycle that exists for types only is no cycle at run time, but inline type marks do not make it one', () => {
  const b = "import { a } from './a.ts'"
  expect(check({ 'src/app/a.ts': "import type { B } from './b.ts'", 'src/app/b.ts': b })).toEqual([])
  expect(check({ 'src/app/a.ts': "import { type B } from './b.ts'", 'src/app/b.ts': b })).toHaveLength(1)
})

test('barrels are found by name and by content', () => {
  const rule = 'no barrels: import from the file that defines the name'
  const files = {
    'src/core/index.ts': 'export const a = 1',
    'src/core/all.ts': "// everything\nexport * from './a.ts'\nexport type { B } from './b.ts';",
  }
  expect(check(files)).toEqual(
    Object.keys(files)
      .sort()
      .map((file) => `${file} → ${file}: ${rule}`),
  )
})

test('a folder that is not in the import table is found', () => {
  const rule = 'this folder is not a layer of the import table'
  expect(check({ 'src/utils/a.ts': '', 'src/api/http.ts': '' })).toEqual([
    `src/api/http.ts → src/api: ${rule}`,
    `src/utils/a.ts → src/utils: ${rule}`,
  ])
})

test('portal and acceptance tests may not import from src', () => {
  const files = {
    'portal/src/app.tsx': "import type { Lead } from '../../src/core/lead.ts'\nexport const App = () => <p>Don't</p>",
    'portal/src/main.tsx': "import { App } from './app.tsx'",
    'test/acceptance/a.test.ts': "import { x } from '../../src/main.ts'",
    'test/api/a.test.ts': "import { x } from '../../src/main.ts'",
  }
  expect(check(files)).toEqual([
    'portal/src/app.tsx → src/core/lead.ts: portal may not import from src',
    'test/acceptance/a.test.ts → src/main.ts: test/acceptance may not import from src',
  ])
})

test('imports are only seen in code: not in comments, strings, templates and regular expressions', () => {
  const source = [
    "// import a from 'a'",
    "/* import b from 'b' */",
    `const text = "import c from 'c'"`,
    `const long = \`import d from 'd' \${inner(\`import('e')\`)} import('f')\``,
    "const pattern = /[/'\"`]import('g')/",
    "if (x) /'/.test(y)",
    'const half = total / 2 // it\'s "half"',
    "const sum = (a + b) / c; const s = 'it\\'s /* fine'",
    'object.import("h"); const o = { import: 1, from: 2 }; import.meta.url',
    "export const from = 'i'",
    "export { text }\nconst other = 'from'",
    "import real from 'real'",
    `const lazy = \`\${await import('lazy')}\``,
  ].join('\n')
  expect(importsOf(source)).toEqual(['runtime real', 'runtime lazy'])
})

test('every form of import is read with its kind', () => {
  const source = [
    "import a, { b as c } from 'one'",
    "import type D from 'two'",
    "import type from 'three'",
    "import type, { e } from 'four'",
    "import {\n  // it's here\n  f,\n  type G,\n} from 'five'",
    "export type * from 'six'",
    "import data from 'seven' with { type: 'json' }",
    "export * as ns from 'eight'",
    "require.resolve('nine')",
    "type T = typeof import('ten')",
  ].join('\n')
  expect(importsOf(source)).toEqual([
    'runtime one',
    'type two',
    'runtime three',
    'runtime four',
    'runtime five',
    'type six',
    'runtime seven',
    'runtime eight',
    'runtime nine',
    'type ten',
  ])
})

test('the command fails with one line for each violation and passes silently otherwise', () => {
  const run = (source: string) =>
    withPlantedTree({ 'package.json': '{"type":"module"}', 'src/lib/a.ts': source }, (rootDir) => {
      cpSync(join(ROOT, 'scripts'), join(rootDir, 'scripts'), { recursive: true })
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(rootDir, 'scripts/check-imports.ts')])
      return { status, output: `${stdout}${stderr}` }
    })
  expect(run("import '../core/a.ts'")).toEqual({
    status: 1,
    output: 'src/lib/a.ts → src/core/a.ts: lib may not import core\n',
  })
  expect(run("import './b.ts'")).toEqual({ status: 0, output: '' })
})
