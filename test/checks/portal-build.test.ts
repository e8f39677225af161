import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
/** Stands in for Vite: leaves a page, a script worth compressing, and a line for each run. */
const BUILDER = `
  import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
  mkdirSync('portal/dist/assets', { recursive: true })
  writeFileSync('portal/dist/index.html', 'page')
  writeFileSync('portal/dist/assets/main-1.js', 'x'.repeat(2000))
  appendFileSync('runs', process.argv.slice(2).join(' ') + '\\n')
  process.exit(process.env.BUILD_FAILS === '1' ? 1 : 0)
`

interface Build {
  needsPortalBuild(root: string): boolean
  ensurePortalBuilt(root: string): Promise<void>
}

let root = ''
let build: Build

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'leadwright-build-'))
  cpSync(join(ROOT, 'scripts'), join(root, 'scripts'), { recursive: true })
  for (const folder of ['portal/ui', 'node_modules/node/bin', 'node_modules/vite/bin']) {
    mkdirSync(join(root, folder), { recursive: true })
  }
  symlinkSync(process.execPath, join(root, 'node_modules/node/bin/node'))
  writeFileSync(join(root, 'package.json'), '{"type":"module"}')
  writeFileSync(join(root, 'package-lock.json'), '{}')
  writeFileSync(join(root, 'node_modules/vite/bin/vite.js'), BUILDER)
  writeFileSync(join(root, 'node_modules/vite/package.json'), '{"type":"module"}')
  for (const file of ['vite.config.ts', 'ui/a.tsx']) writeFileSync(join(root, 'portal', file), file)
  build = (await import(pathToFileURL(join(root, 'scripts/lib/portal.mjs')).href)) as Build
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function runs(): number {
  return existsSync(join(root, 'runs')) ? readFileSync(join(root, 'runs'), 'utf8').trim().split('\n').length : 0
}

test('the portal is built once, with a compressed copy of what is worth it', async () => {
  await build.ensurePortalBuilt(root)
  await build.ensurePortalBuilt(root)
  expect(runs()).toBe(1)
  expect(existsSync(join(root, 'portal/dist/assets/main-1.js.gz'))).toBe(true)
  expect(existsSync(join(root, '.install-lock'))).toBe(false)
})

test('two who start at once build once', async () => {
  await Promise.all([build.ensurePortalBuilt(root), build.ensurePortalBuilt(root)])
  expect(runs()).toBe(1)
})

test.each([
  ['a changed file', () => writeFileSync(join(root, 'portal/ui/a.tsx'), 'other')],
  ['a new file', () => writeFileSync(join(root, 'portal/ui/b.tsx'), '')],
  ['another version of a library', () => writeFileSync(join(root, 'package-lock.json'), '{"a":1}')],
  ['a build that was thrown away', () => rmSync(join(root, 'portal/dist'), { recursive: true })],
])('%s asks for a new build', async (_, change) => {
  await build.ensurePortalBuilt(root)
  change()
  expect(build.needsPortalBuild(root)).toBe(true)
  await build.ensurePortalBuilt(root)
  expect([runs(), build.needsPortalBuild(root)]).toEqual([2, false])
})

test('a build that failed is not taken for one, and says so', async () => {
  process.env['BUILD_FAILS'] = '1'
  try {
    await expect(build.ensurePortalBuilt(root)).rejects.toThrow('The portal could not be built (exit code 1)')
  } finally {
    delete process.env['BUILD_FAILS']
  }
  expect(build.needsPortalBuild(root)).toBe(true)
  expect(existsSync(join(root, '.install-lock'))).toBe(false)
})

test('a tree without the portal needs no build', () => {
  rmSync(join(root, 'portal'), { recursive: true })
  expect(build.needsPortalBuild(root)).toBe(false)
})
