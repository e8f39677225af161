import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'

const PORTAL = path.resolve(import.meta.dirname, '../../portal')
const DIST = path.join(PORTAL, 'dist')
const MANIFEST = path.join(DIST, '.vite/manifest.json')
const SCRIPT_BYTES_MAX = 250_000

interface Chunk {
  readonly file: string
  readonly imports?: readonly string[]
  readonly dynamicImports?: readonly string[]
}

const ENTRY = 'index.html'
const SHELL = 'shell/shell.tsx'
/** Parts that a page fetches by themselves, but shows at once: one of them, depending on the address or the screen. */
const AT_ONCE: Readonly<Record<string, RegExp>> = {
  'pages/board/board-page.tsx': /(desktop|phone)-board\.tsx$/,
  'pages/settings/settings-page.tsx': /-section\.tsx$/,
}

if (!existsSync(MANIFEST)) throw new Error('The portal is not built: npm test builds it.')
const manifest = JSON.parse(readFileSync(MANIFEST, 'utf8')) as Record<string, Chunk>

function chunkOf(name: string): Chunk {
  const chunk = manifest[name]
  if (chunk === undefined) throw new Error(`The build has no ${name}.`)
  return chunk
}

/** The scripts that come with these sources, each file once. */
function scriptsOf(sources: readonly string[], found = new Set<string>()): Set<string> {
  for (const source of sources) {
    const { file, imports = [] } = chunkOf(source)
    if (found.has(file)) continue
    found.add(file)
    scriptsOf(imports, found)
  }
  return found
}

function gzipBytes(files: Iterable<string>): number {
  const sizes = [...files].map((file) => gzipSync(readFileSync(path.join(DIST, file)), { level: 9 }).length)
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** What each page begins with: the page itself, what stands around it, and each part that it may show at once. */
function firstLoads(): [name: string, sources: string[]][] {
  const router = readFileSync(path.join(PORTAL, 'router.tsx'), 'utf8')
  const pages = [...router.matchAll(/import\('\.\/(pages\/[^']+)'\)/g)].map((match) => match[1] ?? '')
  return [...new Set(pages)].flatMap((page) => {
    const isOutside = page.startsWith('pages/sign-in/')
    const sources = [ENTRY, ...(isOutside ? [] : [SHELL]), page]
    const pattern = AT_ONCE[page]
    const parts = pattern === undefined ? [] : (chunkOf(page).dynamicImports ?? []).filter((part) => pattern.test(part))
    if (parts.length === 0) return [[page, sources] as [string, string[]]]
    return parts.map((part): [string, string[]] => [`${page} with ${path.basename(part)}`, [...sources, part]])
  })
}

const loads = firstLoads()

it('every page and every part that is shown at once is looked at', () => {
  expect(loads.length).toBeGreaterThan(16)
  expect(loads.filter(([name]) => name.includes(' with ')).length).toBeGreaterThan(8)
})

it.each(loads)('%s begins with less than 250 kB of script', (_, sources) => {
  expect(gzipBytes(scriptsOf(sources))).toBeLessThan(SCRIPT_BYTES_MAX)
})
