import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { LaunchError, runChild, signalCode } from './child.mjs'
import { node24Path, toolEnv, underInstallLock } from './install.mjs'

const GZIP_FROM_BYTES = 1500
/** Of the portal's folder what is not a source of it. */
const NOT_SOURCE = new Set(['dist', 'node_modules'])

/** Whether the built portal is missing or older than its sources. */
export function needsPortalBuild(root) {
  if (!existsSync(configPath(root))) return false
  return readText(stampPath(root)) !== stamp(root)
}

/**
 * Makes sure that `portal/dist` is what the portal's sources say. Nothing is written to standard output: that belongs
 * to the program started afterwards.
 *
 * @throws LaunchError with a sentence for the user
 */
export async function ensurePortalBuilt(root) {
  if (!needsPortalBuild(root)) return
  await underInstallLock(root, 'build', async (lock) => {
    if (needsPortalBuild(root)) await build(root, lock)
  })
}

async function build(root, lock) {
  console.error('Building the portal: a few seconds, once...')
  const wanted = stamp(root)
  rmSync(stampPath(root), { force: true })
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const { code, signal } = await runChild(
    node24Path(root),
    [vite, 'build', '--config', configPath(root), '--logLevel', 'error'],
    { cwd: root, env: toolEnv(root), stdio: ['ignore', 2, 2], onSpawn: (pid) => lock.addHolder(pid) },
  )
  if (signal) throw new LaunchError('Build interrupted; the next start begins it again.', signalCode(signal))
  if (code !== 0) throw new LaunchError(`The portal could not be built (exit code ${code}): see the messages above.`)
  compress(join(root, 'portal', 'dist', 'assets'))
  writeFileSync(stampPath(root), wanted)
}

/** Once here, and not at every download. */
function compress(folder) {
  for (const name of readdirSync(folder).filter((each) => /\.(js|css|svg)$/.test(each))) {
    const bytes = readFileSync(join(folder, name))
    if (bytes.length >= GZIP_FROM_BYTES) writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }))
  }
}

/** A hash of everything that the build reads: sources with their names, and the versions of the libraries. */
function stamp(root) {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')))
  for (const file of sourcesOf(join(root, 'portal')))
    hash.update(`\n${file}\n`).update(readFileSync(join(root, 'portal', file)))
  return `${hash.digest('hex')}\n`
}

/** Paths below the folder, sorted, with '/'. */
function sourcesOf(folder, below = '') {
  const found = readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    if (NOT_SOURCE.has(entry.name)) return []
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    return entry.isDirectory() ? sourcesOf(folder, path) : [path]
  })
  return found.sort()
}

function configPath(root) {
  return join(root, 'portal', 'vite.config.ts')
}

function stampPath(root) {
  return join(root, 'portal', 'dist', '.stamp')
}

function readText(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}
