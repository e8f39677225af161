import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type DataPaths, freeBytes } from './data-folder.ts'
import { explainSpawnError, openForServer } from './init-cluster.ts'
import { type OsUser, processOptions } from './os-user.ts'
import { isPostmasterOf, readPidFile } from './pid-file.ts'
import { openServerLog } from './server-log.ts'
import { serverArguments } from './settings.ts'
import { type SocketFolder, socketPath } from './socket-folder.ts'

const POLL_MS = 20

/** PostgreSQL's main process, started by us or found running. */
export interface Postmaster {
  readonly pid: number
  /** Length of the log before this start; undefined when it was found running. */
  readonly logOffset: number | undefined
  isGone(): boolean
}

export interface PostmasterOptions {
  paths: DataPaths
  /** Folder with PostgreSQL's programs. */
  binaries: string
  user: OsUser | undefined
  socket: SocketFolder
  settings: Readonly<Record<string, string>>
}

/** Starts PostgreSQL in a session of its own, so that Ctrl-C in the terminal does not reach it. */
export async function spawnPostmaster(options: PostmasterOptions): Promise<Postmaster> {
  const { paths, user, socket } = options
  const program = join(options.binaries, 'bin', 'postgres')
  // The data folder's lock decides who runs; a socket lock whose number went to another program would only block.
  rmSync(`${socketPath(socket.path)}.lock`, { force: true })
  const log = openServerLog(paths.log)
  const cluster = openForServer(paths.cluster, user, 3)
  const outside = socket.insideCluster === undefined ? openForServer(socket.path, user, 4) : undefined
  const fds = [cluster.fd, outside?.fd].filter((fd) => fd !== undefined)
  try {
    const args = serverArguments({
      socketFolder: outside?.path ?? socket.insideCluster ?? socket.path,
      freeDisk: freeBytes(paths.cluster),
      extra: options.settings,
    })
    const child = spawn(program, ['-D', cluster.path, ...args], {
      ...withStaleParent(processOptions(user), paths.cluster),
      detached: true,
      stdio: ['ignore', log.fd, log.fd, ...fds],
    })
    let isGone = false
    child.once('exit', () => {
      isGone = true
    })
    child.once('error', () => {
      isGone = true
    })
    await once(child, 'spawn').catch((error) => Promise.reject(explainSpawnError(error, program)))
    child.unref()
    return { pid: child.pid ?? 0, logOffset: log.offset, isGone: () => isGone }
  } finally {
    for (const fd of [log.fd, ...fds]) closeSync(fd)
  }
}

/**
 * After a crash postmaster.pid stays, and if another program of the same user has its number by now, PostgreSQL takes
 * that program for a running server. It ignores the number of its grandparent, which it reads from this variable.
 * Removing the file would also do, but it holds the key by which PostgreSQL sees leftover backends.
 */
function withStaleParent<T extends { env: NodeJS.ProcessEnv }>(options: T, cluster: string): T {
  const stale = readPidFile(cluster)
  return stale === undefined ? options : { ...options, env: { ...options.env, PG_GRANDPARENT_PID: String(stale) } }
}

/** Takes a PostgreSQL that is already running. */
export function adoptPostmaster(pid: number, cluster: string): Postmaster {
  return { pid, logOffset: undefined, isGone: () => !isPostmasterOf(pid, cluster) }
}

/** SIGTERM waits for its clients (smart), SIGINT rolls back their work (fast), SIGQUIT leaves recovery to the next start. */
export function signalPostmaster(postmaster: Postmaster, signal: 'SIGTERM' | 'SIGINT' | 'SIGQUIT' | 'SIGKILL'): void {
  if (postmaster.isGone()) return
  try {
    process.kill(postmaster.pid, signal)
  } catch {
    // It went between the look and the signal.
  }
}

/** Waits until the process is gone; false when it is still there after `timeoutMs` or when `isHurried` says so. */
export async function waitUntilGone(
  postmaster: Postmaster,
  timeoutMs: number,
  isHurried: () => boolean = () => false,
): Promise<boolean> {
  const deadline = Date.now() + timeoutMs
  while (!postmaster.isGone()) {
    if (Date.now() >= deadline || isHurried()) return false
    await sleep(POLL_MS)
  }
  return true
}
