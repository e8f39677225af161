import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { StartError } from '../../lib/start-error.ts'
import { type DataPaths, diskFullError, errorCode, isDiskFull } from './data-folder.ts'
import type { Connection, Session } from './ownership.ts'
import { becomeGuest, ensureDatabase, openSession, SERVE_APPLICATION, takeOwnership } from './ownership.ts'
import { findPostmasterPid } from './pid-file.ts'
import {
  adoptPostmaster,
  type Postmaster,
  type PostmasterOptions,
  signalPostmaster,
  spawnPostmaster,
  waitUntilGone,
} from './postmaster.ts'
import { decisiveLine, readServerLog } from './server-log.ts'
import { socketPath } from './socket-folder.ts'
import { withStartMutex } from './start-mutex.ts'

/** Another server supervises the cluster. */
export class InUseError extends StartError {
  override name = 'InUseError'
}

export interface AttachOptions extends PostmasterOptions {
  role: 'serve' | 'cli'
  connection: Connection
  /** Ends the waiting; what was started until then is stopped. */
  signal: AbortSignal
}

/** A PostgreSQL that accepts connections. */
export interface Attached {
  postmaster: Postmaster
  /** The session with the lock: while it lasts, the cluster is ours to supervise. Undefined: a guest. */
  ownership: Session | undefined
  /** A guest's own session: while it lasts, the command that started PostgreSQL does not stop it. */
  guest: Session | undefined
}

type WaitReason = 'held by a command' | 'starting' | 'stopping' | 'silent' | 'leftover' | 'out of view' | 'full'
type Step = { attached: Attached } | { wait: WaitReason; line?: string }

/** How long each hindrance is waited for. Recovery after a crash may take long, and it must not be cut. */
const PATIENCE_MS: Record<WaitReason, number> = {
  'held by a command': 15_000,
  starting: 600_000,
  stopping: 30_000,
  silent: 30_000,
  leftover: 30_000,
  'out of view': 3000,
  full: 30_000,
}
const RETRY_MS = 50
const READY_POLL_MIN_MS = 10
/** PostgreSQL logs each refusal, so a long recovery is not asked too often. */
const READY_POLL_MAX_MS = 250
const STOP_TIMEOUT_MS = 10_000

/**
 * Finds the cluster's PostgreSQL running, or starts it; a server also takes the lock that makes it the only one.
 * @throws StartError with the one sentence for the operator, InUseError when another server is there.
 */
export async function attach(options: AttachOptions): Promise<Attached> {
  const since = new Map<WaitReason, number>()
  for (;;) {
    options.signal.throwIfAborted()
    const step = await withStartMutex(options.paths.dataDir, () => tryAttach(options))
    if ('attached' in step) return step.attached
    const first = since.get(step.wait) ?? Date.now()
    since.set(step.wait, first)
    if (Date.now() - first >= PATIENCE_MS[step.wait]) throw explainWait(step.wait, options.paths, step.line)
    await sleep(RETRY_MS, undefined, { signal: options.signal })
  }
}

async function tryAttach(options: AttachOptions): Promise<Step> {
  const { cluster } = options.paths
  const pid = findPostmasterPid(cluster)
  if (pid !== undefined) return await join(options, adoptPostmaster(pid, cluster))
  // The process ids of another container mean nothing here, but its socket in the shared folder answers.
  if (await doesAnswer(options.connection.host)) return { wait: 'out of view' }
  return await start(options)
}

function doesAnswer(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath(host))
    const settle = (answers: boolean) => {
      socket.destroy()
      resolve(answers)
    }
    socket.once('connect', () => settle(true))
    socket.once('error', () => settle(false))
  })
}

async function start(options: AttachOptions): Promise<Step> {
  const postmaster = await spawnPostmaster(options)
  const deadline = Date.now() + PATIENCE_MS.starting
  try {
    for (let pauseMs = READY_POLL_MIN_MS; ; pauseMs = Math.min(pauseMs * 1.3, READY_POLL_MAX_MS)) {
      options.signal.throwIfAborted()
      if (postmaster.isGone()) return explainExit(options, postmaster)
      const step = await join(options, postmaster)
      if ('attached' in step) return step
      const isComing = step.wait === 'starting' || step.wait === 'silent'
      if (!isComing || Date.now() > deadline) return step
      await sleep(pauseMs, undefined, { signal: options.signal })
    }
  } catch (error) {
    // Not when another server took the lock: then it is that one's to stop.
    if (!(error instanceof InUseError)) {
      signalPostmaster(postmaster, 'SIGINT')
      if (!(await waitUntilGone(postmaster, STOP_TIMEOUT_MS))) signalPostmaster(postmaster, 'SIGQUIT')
    }
    throw error
  }
}

/** Connects to a PostgreSQL that runs, and as a server, or as a command that started it, takes the lock. */
async function join(options: AttachOptions, postmaster: Postmaster): Promise<Step> {
  const application = options.role === 'serve' ? SERVE_APPLICATION : 'leadwright cli'
  const isGuest = options.role === 'cli' && postmaster.logOffset === undefined
  let session: Session | undefined
  let isKept = false
  try {
    session = await openSession({ ...options.connection, database: 'postgres' }, application)
    const holder = isGuest ? undefined : await takeOwnership(session)
    if (holder?.application === SERVE_APPLICATION && options.role === 'serve')
      throw inUse(options.paths, holder.processId)
    if (holder !== undefined && options.role === 'serve') return { wait: 'held by a command' }
    await ensureDatabase(session, options.connection.database)
    if (isGuest) await becomeGuest(session)
    // A command that is done signals PostgreSQL before it lets go of the lock, so this fails if it is to stop.
    await (await openSession(options.connection, application)).end()
    isKept = isGuest || holder === undefined
    const isOwner = isKept && !isGuest
    return {
      attached: { postmaster, ownership: isOwner ? session : undefined, guest: isGuest ? session : undefined },
    }
  } catch (error) {
    return classify(error, options.paths)
  } finally {
    if (!isKept) await session?.end()
  }
}

function inUse(paths: DataPaths, processId: number | undefined): InUseError {
  const who = processId === undefined ? 'Another Leadwright server' : `Another Leadwright server (process ${processId})`
  return new InUseError(`${who} uses DATA_DIR ${paths.dataDir}: stop it first, or set another DATA_DIR.`)
}

/** Tells an error that passes from one that stays. */
function classify(error: unknown, paths: DataPaths): Step {
  if (error instanceof StartError) throw error
  const code = errorCode(error)
  const message = error instanceof Error ? error.message : String(error)
  switch (code) {
    case '57P03':
      return { wait: message.includes('shutting down') ? 'stopping' : 'starting' }
    case '57P01':
      return { wait: 'stopping' }
    case '57P02':
      return { wait: 'starting' }
    case '53300':
      return { wait: 'full' }
    case '28P01':
      throw new StartError(
        `PostgreSQL in ${paths.cluster} does not accept the password in ${paths.password}: ` +
          'restore the password file that belongs to this database.',
      )
    case 'ENOENT':
    case 'ECONNREFUSED':
    case 'ECONNRESET':
    case 'EPIPE':
      return { wait: 'silent' }
    case 'EACCES':
    case 'EPERM':
      throw error
    default:
      if (isDiskFull(paths.dataDir)) throw diskFullError(paths.dataDir, message)
      // pg gives no code when the connection is cut or times out.
      if (code === undefined) return { wait: 'silent' }
      throw new StartError(`PostgreSQL in ${paths.cluster} cannot be used: it says "${message}".`)
  }
}

/** Why a PostgreSQL that we started ended at once: something that passes, or a StartError with its own words. */
function explainExit({ paths }: AttachOptions, postmaster: Postmaster): Step {
  const line = decisiveLine(readServerLog(paths.log, postmaster.logOffset ?? 0))
  if (line?.includes('No space left on device')) throw diskFullError(paths.dataDir, line)
  // Another start won, or the backends of a killed PostgreSQL have not noticed yet.
  if (line !== undefined && /lock file .* already exists|still in use/.test(line)) return { wait: 'leftover', line }
  if (isDiskFull(paths.dataDir)) throw diskFullError(paths.dataDir, line)
  throw new StartError(
    `PostgreSQL did not start on ${paths.cluster}: it says "${line ?? 'nothing'}" (more in ${paths.log}).`,
  )
}

function explainWait(reason: WaitReason, paths: DataPaths, line: string | undefined): StartError {
  const pid = findPostmasterPid(paths.cluster)
  switch (reason) {
    case 'held by a command':
      return new StartError(
        `A leadwright command still works on DATA_DIR ${paths.dataDir}: start again when it is done.`,
      )
    case 'stopping':
      return new StartError(
        `PostgreSQL (process ${pid}) on ${paths.cluster} is still shutting down: ` +
          'end the programs connected to it, or wait, and start again.',
      )
    case 'starting':
      return new StartError(
        `PostgreSQL (process ${pid}) on ${paths.cluster} is still recovering: see ${paths.log} and start again later.`,
      )
    case 'silent':
      return new StartError(
        `PostgreSQL (process ${pid}) on ${paths.cluster} runs but does not answer: ` +
          `stop it (kill -INT ${pid}, else kill -QUIT ${pid}) and start again.`,
      )
    case 'leftover':
      return new StartError(
        `PostgreSQL cannot start on ${paths.cluster} yet, it says "${line}": end what is left of it.`,
      )
    case 'out of view':
      return new StartError(
        `DATA_DIR ${paths.dataDir} is in use by a PostgreSQL outside of this system's view, perhaps in another ` +
          'container: stop that first.',
      )
    case 'full':
      return new StartError(`PostgreSQL on ${paths.cluster} has no free connection: end programs that use it.`)
  }
}
