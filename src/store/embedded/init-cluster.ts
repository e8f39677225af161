import { spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { StartError } from '../../lib/start-error.ts'
import { type DataPaths, diskFullError, errorCode, isDiskFull, syncFolder, writeDurably } from './data-folder.ts'
import { type OsUser, processOptions } from './os-user.ts'
import { decisiveLine } from './server-log.ts'

/** The PostgreSQL role that owns the cluster. */
export const SUPERUSER = 'leadwright'

const HOST_RULES =
  '# Local sockets with the password only; nothing listens on the network.\nlocal all all scram-sha-256\n'
const UNFINISHED_HOURS_MAX = 1

export interface InitOptions {
  paths: DataPaths
  /** Folder with PostgreSQL's programs. */
  binaries: string
  user: OsUser | undefined
  password: string
}

/**
 * Tells whether the cluster is there.
 * @throws StartError when its place holds something else, or the cluster of another PostgreSQL major.
 */
export function hasCluster({ cluster }: DataPaths, major: string): boolean {
  const stat = statSync(cluster, { throwIfNoEntry: false })
  if (stat === undefined) return false
  if (!stat.isDirectory()) {
    throw new StartError(`${cluster} is not a folder, but the database belongs there: move that file away.`)
  }
  if (readdirSync(cluster).length === 0) return false
  const found = readVersion(cluster)
  if (found === undefined) {
    throw new StartError(
      `${cluster} is not empty and holds no PostgreSQL database (no PG_VERSION in it): ` +
        'move its content away or restore the database from a backup.',
    )
  }
  if (found !== major) {
    throw new StartError(
      `${cluster} was made by PostgreSQL ${found} but this Leadwright brings PostgreSQL ${major}: ` +
        `run the Leadwright release that made it, or serve the folder with PostgreSQL ${found} and set DATABASE_URL.`,
    )
  }
  // PostgreSQL refuses a folder that others may enter, as a copy or a restore may have left it.
  if ((stat.mode & 0o077) !== 0) chmodSync(cluster, 0o700)
  return true
}

function readVersion(cluster: string): string | undefined {
  try {
    return readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim()
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

/**
 * Makes the cluster in a folder beside its place and then renames it, so that a start that is cut off leaves no half
 * cluster, and of two starts at once one makes it and the other uses it.
 */
export async function initCluster(options: InitOptions): Promise<void> {
  const { paths, user } = options
  removeUnfinished(paths)
  const work = mkdtempSync(`${paths.cluster}.new-${process.pid}-`)
  try {
    const passwordFile = join(work, 'password')
    writeDurably(passwordFile, `${options.password}\n`)
    if (user !== undefined) {
      chownSync(work, user.uid, user.gid)
      chownSync(passwordFile, user.uid, user.gid)
    }
    await runInitdb(options, work)
    const made = join(work, 'cluster')
    writeDurably(join(made, 'pg_hba.conf'), HOST_RULES)
    renameSync(made, paths.cluster)
    syncFolder(paths.dataDir)
  } catch (error) {
    const isTaken = ['ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '')
    if (!isTaken || readVersion(paths.cluster) === undefined) throw error
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Removes what starts that were cut off left behind, but nothing that a start of this moment works on. */
function removeUnfinished(paths: DataPaths): void {
  const prefix = `${basename(paths.cluster)}.new-`
  for (const name of readdirSync(paths.dataDir)) {
    if (!name.startsWith(prefix)) continue
    const path = join(paths.dataDir, name)
    const pid = Number.parseInt(name.slice(prefix.length), 10)
    const ageHours = (Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0)) / 3_600_000
    if (!isAlive(pid) || ageHours > UNFINISHED_HOURS_MAX) rmSync(path, { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return errorCode(error) === 'EPERM'
  }
}

async function runInitdb({ binaries, user, paths }: InitOptions, work: string): Promise<void> {
  const folder = openForServer(work, user, 3)
  try {
    const result = await run(
      join(binaries, 'bin', 'initdb'),
      [
        `--pgdata=${folder.path}/cluster`,
        `--pwfile=${folder.path}/password`,
        `--username=${SUPERUSER}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--data-checksums',
      ],
      user,
      folder.fd,
    )
    if (result.status === 0) return
    const line = decisiveLine(result.stderr) ?? decisiveLine(result.stdout) ?? `it ended with ${result.status}`
    if (line.includes('No space left on device') || isDiskFull(paths.dataDir)) throw diskFullError(paths.dataDir, line)
    throw new StartError(`The database could not be created in ${paths.cluster}: initdb says "${line}".`)
  } finally {
    if (folder.fd !== undefined) closeSync(folder.fd)
  }
}

/**
 * A folder as a PostgreSQL program is to see it. The user that root drops to may not be able to walk there (DATA_DIR
 * is 0700, often below root's home), so on Linux that program inherits the open folder as descriptor `childFd`.
 */
export function openForServer(
  folder: string,
  user: OsUser | undefined,
  childFd: number,
): { path: string; fd: number | undefined } {
  if (user === undefined || process.platform !== 'linux') return { path: folder, fd: undefined }
  return { path: `/proc/self/fd/${childFd}`, fd: openSync(folder, 'r') }
}

interface RunResult {
  status: number | NodeJS.Signals | null
  stdout: string
  stderr: string
}

function run(program: string, args: string[], user: OsUser | undefined, fd: number | undefined): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...processOptions(user),
      stdio: ['ignore', 'pipe', 'pipe', ...(fd === undefined ? [] : [fd])],
    })
    let stdout = ''
    let stderr = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.once('error', (error) => reject(explainSpawnError(error, program)))
    child.once('close', (code, signal) => resolve({ status: code ?? signal, stdout, stderr }))
  })
}

/** Why one of PostgreSQL's programs could not be run at all. */
export function explainSpawnError(error: Error, program: string): StartError {
  const code = errorCode(error)
  const folder = dirname(program)
  if (code === 'ENOENT') {
    return new StartError(
      `The built-in PostgreSQL in ${folder} does not run on this system (it needs glibc; musl, as in Alpine, does not ` +
        'do): use a glibc-based system, or set DATABASE_URL.',
    )
  }
  if (code === 'EPERM') {
    return new StartError('This process runs as root without the right to change to another OS user: start it as one.')
  }
  return new StartError(
    `The built-in PostgreSQL in ${folder} cannot be executed (${code ?? error.message}): ` +
      'check modes and mount options of that folder, or set DATABASE_URL.',
  )
}
