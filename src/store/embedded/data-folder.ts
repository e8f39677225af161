import { randomBytes } from 'node:crypto'
import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { StartError } from '../../lib/start-error.ts'

/** Where everything of the built-in PostgreSQL lies; all below `dataDir`. */
export interface DataPaths {
  dataDir: string
  cluster: string
  password: string
  log: string
  /** Exists only when the socket had to go to a temporary folder: where that is. */
  socketRecord: string
}

/** Creates DATA_DIR (mode 0700) when it is missing and proves that this process can use it. */
export function prepareDataFolder(dataDir: string): DataPaths {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
  return {
    dataDir,
    cluster: join(dataDir, 'postgres'),
    password: join(dataDir, 'postgres-password'),
    log: join(dataDir, 'postgres.log'),
    socketRecord: join(dataDir, 'postgres-socket'),
  }
}

/** Reads the password of an existing cluster. */
export function readPassword(paths: DataPaths): string {
  let text: string
  try {
    text = readFileSync(paths.password, 'utf8').trim()
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
    text = ''
  }
  if (text !== '') return text
  throw new StartError(
    `The password file ${paths.password} of the database in ${paths.cluster} is missing or empty: ` +
      'restore it from the backup of DATA_DIR.',
  )
}

/** Reads or creates the password for a cluster to be made; of several starters at once all get the same one. */
export function readOrCreatePassword(paths: DataPaths): string {
  const unfinished = `${paths.password}.${randomBytes(6).toString('hex')}`
  try {
    writeDurably(unfinished, `${randomBytes(32).toString('base64url')}\n`)
    // A link fails when the name is taken, and never shows a half-written file under it.
    linkSync(unfinished, paths.password)
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  } finally {
    rmSync(unfinished, { force: true })
  }
  return readPassword(paths)
}

/** Writes a file of mode 0600 (an existing one keeps owner and mode) and waits until it is on the disk. */
export function writeDurably(path: string, text: string): void {
  const fd = openSync(path, 'w', 0o600)
  try {
    writeSync(fd, text)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Makes renames and new names in a folder durable. */
export function syncFolder(path: string): void {
  const fd = openSync(path, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** True when the disk below `path` has less than 1 MB left: then even PostgreSQL's log line may be missing. */
export function isDiskFull(path: string): boolean {
  return freeBytes(path) < 1024 * 1024
}

/** What this user may still write on the disk of a path. */
export function freeBytes(path: string): number {
  const { bavail, bsize } = statfsSync(path)
  return bavail * bsize
}

/** The StartError for a full disk, with the line that told so, if there is one. */
export function diskFullError(dataDir: string, line?: string): StartError {
  const quote = line === undefined ? 'No space left on device' : line
  return new StartError(`The disk that holds DATA_DIR ${dataDir} is full (${quote}): free some space and start again.`)
}

/** Turns a file system error into a StartError about DATA_DIR; anything else comes back as it is. */
export function explainFileError(error: unknown, dataDir: string): unknown {
  if (error instanceof StartError || !(error instanceof Error)) return error
  const { code, path } = error as NodeJS.ErrnoException
  const where = path ?? dataDir
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFullError(dataDir)
    case 'EACCES':
    case 'EPERM':
      return new StartError(
        `OS user ${process.getuid?.() ?? 'unknown'} may not read and write ${where}: ` +
          'change its owner or mode, or set DATA_DIR to a folder of this user.',
      )
    case 'EROFS':
      return new StartError(`${where} lies on a read-only file system: set DATA_DIR to a folder that can be written.`)
    case 'EEXIST':
    case 'ENOTDIR':
      return isFolder(where)
        ? error
        : new StartError(
            `DATA_DIR ${dataDir} is not a folder or lies below a file: remove that file, or set DATA_DIR to a folder.`,
          )
    case 'EBUSY':
      return new StartError(
        `${where} cannot be put in place because it is a mount point: mount the volume at DATA_DIR ${dataDir} itself.`,
      )
    default:
      return error
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

/** The `code` of a Node or PostgreSQL error, if it has one. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
