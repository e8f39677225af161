import { setTimeout as sleep } from 'node:timers/promises'
import { StartError } from '../../lib/start-error.ts'
import { type Attached, type AttachOptions, attach, InUseError } from './attach.ts'
import { findNativePackage, prepareBinaries } from './binaries.ts'
import { explainFileError, prepareDataFolder, readOrCreatePassword, readPassword } from './data-folder.ts'
import { hasCluster, initCluster, SUPERUSER } from './init-cluster.ts'
import { chooseOsUser } from './os-user.ts'
import { type Connection, outwaitGuests } from './ownership.ts'
import { type Postmaster, signalPostmaster, waitUntilGone } from './postmaster.ts'
import { SERVER_PORT } from './settings.ts'
import { prepareSocketFolder } from './socket-folder.ts'
import { withStartMutex } from './start-mutex.ts'

const DEFAULT_OS_USERS = ['postgres', 'nobody']
const RETRY_MIN_MS = 50
const RETRY_MAX_MS = 5000
const FAST_TIMEOUT_MS = 30_000
const SMART_TIMEOUT_MS = 10_000
const GUEST_TIMEOUT_MS = 60_000
const IMMEDIATE_TIMEOUT_MS = 10_000

export interface EmbeddedPostgresOptions {
  /** Absolute DATA_DIR; the cluster lives below it in `postgres/`. */
  dataDir: string
  /** Who starts it: the server, or a short-lived command. */
  role: 'serve' | 'cli'
  log: (level: 'info' | 'warn' | 'error', message: string, fields?: Record<string, unknown>) => void
  /** Extra PostgreSQL settings, over our defaults; durability and reachability cannot be changed. */
  settings?: Record<string, string>
  /** As root: OS users to run PostgreSQL as, the first that exists; default `postgres`, `nobody`. */
  osUsers?: readonly string[]
}

export interface EmbeddedPostgres {
  /** For pg.Client and pg.Pool: host is the folder of the Unix socket. */
  connection: Connection
  /**
   * Stops watching and stops PostgreSQL: 'fast' rolls back open work, 'immediate' is for a forced exit and may follow
   * a 'fast' that takes too long. A command leaves a PostgreSQL that it found running alone, and lets others on one
   * that it started finish. May be called again; all calls resolve when PostgreSQL is gone.
   */
  stop(mode: 'fast' | 'immediate'): Promise<void>
}

/**
 * Starts the built-in PostgreSQL of a data folder (creating it first if need be), or takes over one that a killed
 * server left running, and keeps it running until `stop`.
 * @throws StartError when that is not possible, with one sentence for the operator.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const abort = new AbortController()
  try {
    const attachOptions = await prepare(options, abort.signal)
    const attached = await attach(attachOptions)
    const how = attached.postmaster.logOffset === undefined ? 'found running' : 'started'
    options.log('info', `PostgreSQL ${how}`, { pid: attached.postmaster.pid, socket: attachOptions.connection.host })
    return makeHandle(attached, attachOptions, options.log, abort)
  } catch (error) {
    throw explainFileError(error, options.dataDir)
  }
}

/** Everything up to, but not including, a running PostgreSQL. */
async function prepare(options: EmbeddedPostgresOptions, signal: AbortSignal): Promise<AttachOptions> {
  const native = findNativePackage()
  const paths = prepareDataFolder(options.dataDir)
  const user = chooseOsUser(paths.cluster, options.osUsers ?? DEFAULT_OS_USERS)
  const binaries = prepareBinaries(native, user)
  const password = await withStartMutex(paths.dataDir, async () => {
    if (hasCluster(paths, native.major)) return readPassword(paths)
    options.log('info', 'creating the database', { folder: paths.cluster })
    const created = readOrCreatePassword(paths)
    await initCluster({ paths, binaries, user, password: created })
    return created
  })
  const socket = await prepareSocketFolder(paths, user)
  const connection = { host: socket.path, port: SERVER_PORT, user: SUPERUSER, password, database: 'leadwright' }
  return { role: options.role, paths, user, binaries, socket, settings: options.settings ?? {}, connection, signal }
}

interface State {
  postmaster: Postmaster
  /** Undefined while the lock is not ours. */
  ownership: Attached['ownership']
  /** Set when another server has taken the cluster, which is then not ours to stop. */
  isTaken: boolean
  isForced: boolean
}

function makeHandle(
  attached: Attached,
  options: AttachOptions,
  log: EmbeddedPostgresOptions['log'],
  abort: AbortController,
): EmbeddedPostgres {
  const { connection } = options
  if (attached.ownership === undefined) return { connection, stop: async () => attached.guest?.end() }
  const state: State = { ...attached, isTaken: false, isForced: false }
  const keeping = keepRunning(state, options, log)
  let stopped: Promise<void> | undefined
  const stop = async (mode: 'fast' | 'immediate') => {
    if (mode === 'immediate') state.isForced = true
    abort.abort()
    stopped ??= keeping.then(() => (options.role === 'cli' ? stopCommand(state) : stopServer(state)))
    await stopped
  }
  return { connection, stop }
}

/**
 * Restarts PostgreSQL and takes the lock again whenever the lock's session ends before `stop`. That is the one sign to
 * watch: the session ends with PostgreSQL, whether we started it or found it running, and with its crash recovery.
 */
async function keepRunning(state: State, options: AttachOptions, log: EmbeddedPostgresOptions['log']): Promise<void> {
  const aborted = new Promise<void>((resolve) => {
    options.signal.addEventListener('abort', () => resolve(), { once: true })
  })
  while (!options.signal.aborted && state.ownership !== undefined) {
    await Promise.race([state.ownership.ended, aborted])
    if (options.signal.aborted) return
    state.ownership = undefined
    log('warn', 'PostgreSQL ended its connection to the supervisor: bringing it back', { pid: state.postmaster.pid })
    await bringBack(state, options, log)
  }
}

/** Tries until it works or `stop` is called; the pause between two tries grows to 5 seconds. */
async function bringBack(state: State, options: AttachOptions, log: EmbeddedPostgresOptions['log']): Promise<void> {
  for (let pauseMs = RETRY_MIN_MS; !options.signal.aborted; pauseMs = Math.min(pauseMs * 2, RETRY_MAX_MS)) {
    try {
      const { postmaster, ownership } = await attach(options)
      // The process we spawned stays known as such: only its exit event tells of its end for sure.
      if (postmaster.pid !== state.postmaster.pid || state.postmaster.isGone()) state.postmaster = postmaster
      state.ownership = ownership
      state.isTaken = ownership === undefined
      log('info', 'PostgreSQL is back', { pid: postmaster.pid })
      return
    } catch (error) {
      if (options.signal.aborted) return
      if (error instanceof InUseError) state.isTaken = true
      const { message } = explainFileError(error, options.paths.dataDir) as Error
      log('error', message, error instanceof StartError ? {} : { error })
    }
    await sleep(pauseMs, undefined, { signal: options.signal }).catch(() => {})
  }
}

async function stopServer(state: State): Promise<void> {
  const { postmaster } = state
  if (state.isTaken) return
  signalPostmaster(postmaster, state.isForced ? 'SIGQUIT' : 'SIGINT')
  await state.ownership?.end()
  if (!state.isForced && (await waitUntilGone(postmaster, FAST_TIMEOUT_MS, () => state.isForced))) return
  signalPostmaster(postmaster, 'SIGQUIT')
  if (await waitUntilGone(postmaster, IMMEDIATE_TIMEOUT_MS)) return
  signalPostmaster(postmaster, 'SIGKILL')
  await waitUntilGone(postmaster, IMMEDIATE_TIMEOUT_MS)
}

/** Others may be at work on it: PostgreSQL ends when the last of them does, without us if that takes long. */
async function stopCommand(state: State): Promise<void> {
  if (state.isTaken) return
  if (state.ownership !== undefined) await outwaitGuests(state.ownership, GUEST_TIMEOUT_MS)
  signalPostmaster(state.postmaster, 'SIGTERM')
  await state.ownership?.end()
  await waitUntilGone(state.postmaster, SMART_TIMEOUT_MS, () => state.isForced)
}
