import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, delimiter, join } from 'node:path'
import { LaunchError, runChild, signalCode } from './child.mjs'
import { takeLock } from './lock.mjs'

const LOCK_WAIT_MS = 15 * 60_000
const NPM_CI = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']

/**
 * Makes sure that `node_modules` is what package-lock.json says, with Node 24 in it; runs `npm ci` when it is not.
 * Nothing is written to standard output: that belongs to the program started afterwards.
 *
 * @param root the folder of package.json
 * @param dev whether the development dependencies are needed too (an install always brings them)
 * @throws LaunchError with a sentence for the user
 */
export async function ensureInstalled(root, { dev }) {
  if (isInstalled(root, dev)) return
  await underInstallLock(root, 'install', async (lock) => {
    if (!isInstalled(root, dev)) await install(root, lock)
  })
}

/**
 * Does the work, an install or a build, while no other process does either.
 *
 * @param word what the work is called to whoever waits
 * @param work gets the lock, to which it adds the programs that it starts
 */
export async function underInstallLock(root, word, work) {
  // Beside node_modules, not in it: npm ci begins by emptying that folder.
  const lock = await takeLock(join(root, '.install-lock'), {
    waitMs: LOCK_WAIT_MS,
    onWait: (pid) => console.error(`Waiting for the ${word} that process ${pid} is running...`),
  })
  try {
    await work(lock)
  } finally {
    lock.release()
  }
}

/** Where the npm package `node` puts Node 24. */
export function node24Path(root) {
  return join(root, 'node_modules', 'node', 'bin', 'node')
}

/** The environment with the installed tools, Node 24 among them, before everything else on the PATH. */
export function toolEnv(root) {
  const env = { ...process.env }
  env.PATH = [binPath(root), ...pathEntries(root)].join(delimiter)
  return env
}

async function install(root, lock) {
  console.error('Installing dependencies with npm ci: about a minute, once...')
  rmSync(stampPath(root), { force: true })
  const { command, args } = npmCommand(root)
  const { code, signal } = await runChild(command, [...args, ...NPM_CI], {
    cwd: root,
    // Not through our own node_modules/.bin: npm ci is about to delete the Node that stands there.
    env: { ...process.env, PATH: pathEntries(root).join(delimiter) },
    stdio: ['ignore', 'ignore', 'inherit'],
    onSpawn: (pid) => lock.addHolder(pid),
  })
  if (signal) throw new LaunchError('Install interrupted; the next start begins it again.', signalCode(signal))
  if (code !== 0) throw new LaunchError(`npm ci failed with exit code ${code}: see its messages above.`)
  if (!existsSync(node24Path(root))) {
    throw new LaunchError(
      `Node 24 is missing: ${node24Path(root)} should have come with the npm package "node", ` +
        'whose install script npm did not run. If npm config has ignore-scripts=true, set it to false for this folder.',
    )
  }
  writeFileSync(stampPath(root), stamp(root))
}

function npmCommand(root) {
  const npm = process.env.npm_execpath
  if (npm && basename(npm) === 'npm-cli.js' && existsSync(npm)) {
    const nodes = [process.env.npm_node_execpath, process.execPath]
    const node = nodes.find((path) => path && existsSync(path) && !path.startsWith(join(root, 'node_modules')))
    return { command: node ?? 'node', args: [npm] }
  }
  const inPath = pathEntries(root).some((folder) => existsSync(join(folder, 'npm')))
  if (!inPath) throw new LaunchError('npm was not found: install Node.js 18 or later together with npm.')
  return { command: 'npm', args: [] }
}

/** Installed is what our own finished `npm ci` stamped, or what npm's record of node_modules shows to be the same. */
function isInstalled(root, dev) {
  if (!existsSync(node24Path(root))) return false
  return readText(stampPath(root)) === stamp(root) || isRecorded(root, dev)
}

/** The platform is part of it, for a folder shared between, say, a Mac and a Linux container on it. */
function stamp(root) {
  const hash = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  return `${hash} ${process.platform}-${process.arch}\n`
}

/**
 * Spares a second install after somebody's own `npm ci` (an image build, perhaps without the development part).
 * npm writes its record last, after the install scripts, so an unfinished install does not pass.
 */
function isRecorded(root, dev) {
  const installed = lockedPackages(join(root, 'node_modules', '.package-lock.json'))
  const wanted = lockedPackages(join(root, 'package-lock.json'))
  if (installed === null || wanted === null) return false
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || (installed[path] && installed[path].version === entry.version)) return true
    const isOptional = entry.optional || entry.devOptional || (entry.dev && !dev)
    return Boolean(isOptional) && !installed[path]
  })
}

/** Null for a file that is missing or cut short. */
function lockedPackages(path) {
  try {
    return JSON.parse(readText(path) ?? '').packages ?? null
  } catch {
    return null
  }
}

function stampPath(root) {
  return join(root, 'node_modules', '.leadwright-install')
}

function binPath(root) {
  return join(root, 'node_modules', '.bin')
}

function pathEntries(root) {
  return (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '' && folder !== binPath(root))
}

function readText(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : null
}
