import { chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DataPaths, errorCode, writeDurably } from './data-folder.ts'
import type { OsUser } from './os-user.ts'
import { SERVER_PORT } from './settings.ts'

/** Bytes. A socket path ends at 108 on Linux and 104 on macOS; more is cut off or refused. */
const SOCKET_PATH_MAX = 100

/** The folder, relative to the cluster, in which the socket lies when nothing speaks against it. */
const INSIDE = 'run'

/** The private folder of PostgreSQL's socket. */
export interface SocketFolder {
  /** Absolute, for clients. */
  path: string
  /** Relative to PostgreSQL's working directory; undefined when the folder is not inside the cluster. */
  insideCluster: string | undefined
}

/** The file name that PostgreSQL gives its socket. */
export function socketPath(folder: string): string {
  return join(folder, `.s.PGSQL.${SERVER_PORT}`)
}

/**
 * Finds or creates the folder of the socket, mode 0700 and owned by whom PostgreSQL runs as: inside the cluster, or,
 * when that path is too long or its file system knows no sockets, a temporary folder that DATA_DIR remembers.
 */
export async function prepareSocketFolder(paths: DataPaths, user: OsUser | undefined): Promise<SocketFolder> {
  const recorded = readRecord(paths, user)
  if (recorded !== undefined) return { path: recorded, insideCluster: undefined }
  const inside = join(paths.cluster, INSIDE)
  if (isShortEnough(inside)) {
    if (lstatSync(inside, { throwIfNoEntry: false })?.isDirectory()) return { path: inside, insideCluster: INSIDE }
    mkdirSync(inside, { mode: 0o700 })
    if (await canHoldSockets(inside)) {
      giveTo(inside, user)
      return { path: inside, insideCluster: INSIDE }
    }
    rmSync(inside, { recursive: true })
  }
  const temporary = mkdtempSync(
    join(isShortEnough(join(tmpdir(), 'leadwright-XXXXXX')) ? tmpdir() : '/tmp', 'leadwright-'),
  )
  giveTo(temporary, user)
  writeDurably(paths.socketRecord, `${temporary}\n${identify(paths.cluster)}\n`)
  return { path: temporary, insideCluster: undefined }
}

/** The remembered temporary folder, if it is still there, private, and remembered for this cluster. */
function readRecord(paths: DataPaths, user: OsUser | undefined): string | undefined {
  let lines: string[]
  try {
    lines = readFileSync(paths.socketRecord, 'utf8').split('\n')
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
  const [folder, cluster] = lines
  // A copy of DATA_DIR carries the record of the original, whose database must not be taken for the copy's.
  if (folder === undefined || cluster !== identify(paths.cluster)) return undefined
  const stat = lstatSync(folder, { throwIfNoEntry: false })
  const isPrivate = stat?.isDirectory() === true && (stat.mode & 0o077) === 0
  return isPrivate && stat.uid === (user?.uid ?? process.getuid?.()) ? folder : undefined
}

function identify(folder: string): string {
  const { dev, ino } = statSync(folder)
  return `${dev}:${ino}`
}

function isShortEnough(folder: string): boolean {
  return Buffer.byteLength(socketPath(folder)) < SOCKET_PATH_MAX
}

function giveTo(folder: string, user: OsUser | undefined): void {
  chmodSync(folder, 0o700)
  if (user !== undefined) chownSync(folder, user.uid, user.gid)
}

/** Shared folders of virtual machines and some network file systems refuse to bind a socket. */
function canHoldSockets(folder: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(join(folder, 'probe'), () => server.close(() => resolve(true)))
  })
}
