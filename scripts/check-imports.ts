// Checks that imports go one way: the table of docs/architecture.md, as data. Run by `npm test`.
import { readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join, posix } from 'node:path'
import { findCycles } from './lib/cycles.ts'
import { listFiles, reportViolations, type Violation } from './lib/files.ts'
import { type FileImports, findImports, type ModuleImport } from './lib/imports.ts'
import { type Token, tokenize } from './lib/tokens.ts'

/** Layer → the layers it may import. `face` is one folder under src/api; a face may always import itself. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  lib: ['lib'],
  core: ['lib', 'core'],
  store: ['lib', 'core', 'store'],
  app: ['lib', 'core', 'store', 'app'],
  'api/kit': ['lib', 'core', 'app', 'api/kit'],
  face: ['lib', 'core', 'app', 'api/kit'],
  jobs: ['lib', 'core', 'store', 'app', 'jobs'],
  config: ['lib', 'core', 'config'],
  cli: ['lib', 'core', 'store', 'app', 'api/kit', 'face', 'jobs', 'root', 'cli', 'config', 'package'],
  root: ['lib', 'core', 'store', 'app', 'api/kit', 'face', 'jobs', 'root', 'cli', 'package'],
}
/** What reads the settings, and the table of them. */
const CONFIG_FILES = ['src/config.ts', 'src/settings.ts']
/** Of the files at the src root, those that load the configuration and hand it down; the others may name its type. */
const CONFIG_READERS = /^src\/(?:main|server[\w-]*)\.ts$/
/** Folders outside src that may import nothing from it. */
const SEALED_FOLDERS = ['portal', 'test/acceptance']
const ENVIRONMENT_READERS = /^src\/(?:main\.ts|config\.ts|cli\/)/
const ENVIRONMENT_RULE = 'only src/main.ts, src/config.ts and src/cli read the environment'
/** Clock and random by any other name than an argument; core gets both passed in. */
const IMPURE_IN_CORE = ['Date . now', 'new Date ( )', 'Math . random', 'performance . now', 'crypto .']

type Source = FileImports & { file: string; tokens: Token[] }

/** Every broken import rule below a root folder that has `src` and perhaps `portal` and `test`. */
export function checkImports(rootDir: string): Violation[] {
  const sources = listFiles(rootDir, 'src', ['.ts']).map((file) => readSource(rootDir, file))
  const shipped = sources.filter((source) => !source.file.endsWith('.test.ts'))
  return [
    ...shipped.flatMap(checkSource),
    ...SEALED_FOLDERS.flatMap((folder) => checkSealed(rootDir, folder)),
    ...checkCycles(sources),
  ]
}

function readSource(rootDir: string, file: string): Source {
  const tokens = tokenize(readFileSync(join(rootDir, file), 'utf8'))
  return { file, tokens, ...findImports(tokens) }
}

function checkSource(source: Source): Violation[] {
  const { file } = source
  const layer = layerOf(file)
  if (MAY_IMPORT[layer] === undefined) {
    return [{ file, target: posix.dirname(file), rule: 'this folder is not a layer of the import table' }]
  }
  const violations = source.imports.flatMap((item) => checkImport(file, layer, item))
  if (posix.basename(file) === 'index.ts' || source.isBarrel) {
    violations.push({ file, target: file, rule: 'no barrels: import from the file that defines the name' })
  }
  if (!ENVIRONMENT_READERS.test(file) && readsEnvironment(source)) {
    violations.push({ file, target: 'process.env', rule: ENVIRONMENT_RULE })
  }
  if (layer === 'core') {
    for (const call of IMPURE_IN_CORE.filter((words) => contains(source.tokens, words))) {
      violations.push({ file, target: call.replaceAll(' ', ''), rule: 'core is pure: take it as an argument' })
    }
  }
  return violations
}

function checkImport(file: string, layer: string, { specifier, kind, names }: ModuleImport): Violation[] {
  if (specifier === null)
    return [{ file, target: 'import()', rule: 'name the file with a string, so it can be checked' }]
  const target = resolveImport(file, specifier)
  if (target === null) {
    if (layer === 'core') return [{ file, target: specifier, rule: 'core imports no built-in and no package' }]
    if (isEnvironmentImport(file, specifier, names)) {
      return [{ file, target: 'process.env', rule: ENVIRONMENT_RULE }]
    }
    return []
  }
  const targetLayer = layerOf(target)
  const isConfigReader = targetLayer === 'config' && layer === 'root' && (kind === 'type' || CONFIG_READERS.test(file))
  const isSameFace = layer === 'face' && posix.join(...faceOf(file)) === posix.join(...faceOf(target))
  if (isConfigReader || isSameFace || MAY_IMPORT[layer]?.includes(targetLayer)) return []
  return [{ file, target, rule: `${layerName(file)} may not import ${layerName(target)}` }]
}

/** The path inside the root that a relative specifier names, or null for a package or built-in. */
function resolveImport(file: string, specifier: string): string | null {
  if (!/^\.{0,2}\//.test(specifier) && specifier !== '.' && specifier !== '..') return null
  return posix.join(posix.dirname(file), specifier)
}

function layerOf(path: string): string {
  if (path === 'package.json') return 'package'
  if (CONFIG_FILES.includes(path)) return 'config'
  const [top, folder, inner, ...rest] = path.split('/')
  if (top !== 'src' || folder === undefined) return 'outside'
  if (inner === undefined) return 'root'
  if (folder !== 'api') return ['face', 'root', 'config', 'package'].includes(folder) ? 'unknown' : folder
  if (rest.length === 0) return 'unknown'
  return inner === 'kit' ? 'api/kit' : 'face'
}

function faceOf(path: string): string[] {
  return path.split('/').slice(0, 3)
}

/** How a message calls the layer of a file: a face by its own folder. */
function layerName(path: string): string {
  const layer = layerOf(path)
  if (layer === 'face') return faceOf(path).slice(1).join('/')
  return layer === 'outside' || layer === 'unknown' ? path : layer
}

function isEnvironmentImport(file: string, specifier: string, names: readonly string[]): boolean {
  const isProcess = isBuiltin(specifier) && specifier.replace('node:', '') === 'process'
  return isProcess && names.includes('env') && !ENVIRONMENT_READERS.test(file)
}

function readsEnvironment({ tokens }: Source): boolean {
  if (['process . env', 'process ?. env', 'process [ env'].some((words) => contains(tokens, words))) return true
  return tokens.some(
    (token, at) => token.text === 'process' && tokens[at - 1]?.text === '=' && takesEnv(tokens, at - 2),
  )
}

/** Whether the pattern that ends here, as in `const { env } = process`, takes `env`. */
function takesEnv(tokens: readonly Token[], end: number): boolean {
  let depth = 0
  for (let at = end; at >= 0; at--) {
    const text = tokens[at]?.text
    if (text === '}') depth++
    if (text === '{') depth--
    if (depth === 0) return false
    if (text === 'env') return true
  }
  return false
}

function contains(tokens: readonly Token[], words: string): boolean {
  const wanted = words.split(' ')
  return tokens.some((_, at) => wanted.every((word, offset) => tokens[at + offset]?.text === word))
}

function checkSealed(rootDir: string, folder: string): Violation[] {
  return listFiles(rootDir, folder, ['.ts', '.tsx']).flatMap((file) =>
    readSource(rootDir, file).imports.flatMap(({ specifier }) => {
      const target = specifier === null ? null : resolveImport(file, specifier)
      if (target === null || !target.startsWith('src/')) return []
      return [{ file, target, rule: `${folder} may not import from src` }]
    }),
  )
}

/** Test files count too; `import type` does not, because nothing of it is left at run time. */
function checkCycles(sources: readonly Source[]): Violation[] {
  const graph = new Map(
    sources.map(({ file, imports }) => [file, imports.flatMap((item) => runtimeTarget(file, item))]),
  )
  return findCycles(graph).map(([file = '', ...rest]) => ({ file, target: rest.join(' → '), rule: 'import cycle' }))
}

function runtimeTarget(file: string, { specifier, kind }: ModuleImport): string[] {
  const target = kind === 'type' || specifier === null ? null : resolveImport(file, specifier)
  return target === null ? [] : [target]
}

if (import.meta.main) reportViolations(checkImports(join(import.meta.dirname, '..')))
