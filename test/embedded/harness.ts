import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Connection } from '../../src/store/embedded/ownership.ts'
import { findPostmasterPid } from '../../src/store/embedded/pid-file.ts'
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from '../../src/store/embedded/supervisor.ts'

export const isRoot = process.getuid?.() === 0

const folders: string[] = []
const servers: EmbeddedPostgres[] = []
const children: ChildProcess[] = []
/** What the supervisors of this test logged, as `level message`. */
export const logged: string[] = []

/** Runs when all PostgreSQL processes of the test are gone, before its folders are removed. */
export const releases: (() => void)[] = []

/** A folder of mode 0700 that is removed after the test, with every PostgreSQL below it. */
export function makeFolder(parent = tmpdir()): string {
  const folder = mkdtempSync(join(parent, 'leadwright-test-'))
  folders.push(folder)
  return folder
}

/** DATA_DIR in a folder of its own; it does not exist yet. `cleanUp` stops what runs on it. */
export function makeDataDir(): string {
  return join(makeFolder(), 'data')
}

/** Starts a PostgreSQL that `cleanUp` stops. */
export async function start(
  dataDir: string,
  options: Partial<EmbeddedPostgresOptions> = {},
): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({
    dataDir,
    role: 'serve',
    log: (level, message) => logged.push(`${level} ${message}`),
    ...options,
  })
  servers.push(server)
  return server
}

/** The message of the error that a start ends with. */
export async function failedStart(dataDir: string, options: Partial<EmbeddedPostgresOptions> = {}): Promise<string> {
  try {
    await start(dataDir, options)
  } catch (error) {
    const { name, message } = error as Error
    return `${name}: ${message}`
  }
  throw new Error('the start was expected to fail')
}

/** Runs one statement on a connection of its own and returns the rows. */
export async function query(connection: Connection, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(text)).rows
  } finally {
    await client.end()
  }
}

/** The process id of the PostgreSQL that runs on a data folder. */
export function postmasterPid(dataDir: string): number | undefined {
  const cluster = join(dataDir, 'postgres')
  return existsSync(cluster) ? findPostmasterPid(cluster) : undefined
}

/** Repeats until the result is truthy; the test's own time limit is the only other end. */
export async function until<T>(look: () => T | Promise<T>): Promise<NonNullable<T>> {
  for (;;) {
    const result = await look()
    if (result) return result
    await sleep(20)
  }
}

/** A server or command in a process of its own, as it prints itself. */
export interface Other {
  pid: number
  child: ChildProcess
  /** The first line it prints: `{connection}` or `{error}`. */
  outcome: Promise<{ connection?: Connection; error?: string }>
  exited: Promise<number | NodeJS.Signals | null>
}

/** Starts a supervisor in another process; SIGTERM makes it stop its PostgreSQL and end. */
export function startOther(
  options: { dataDir: string; role: 'serve' | 'cli'; osUsers?: readonly string[] },
  user?: { uid: number; gid: number },
): Other {
  const script = join(import.meta.dirname, 'run-supervisor.ts')
  const child = spawn(process.execPath, [script, JSON.stringify(options)], {
    ...user,
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let output = ''
  let complaint = ''
  child.stdout?.on('data', (text) => {
    output += text
  })
  child.stderr?.on('data', (text) => {
    complaint += text
  })
  const exited = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('exit', (code, signal) => resolve(code ?? signal))
  })
  const outcome = new Promise<{ connection?: Connection; error?: string }>((resolve, reject) => {
    child.stdout?.on('data', () => {
      if (output.includes('\n')) resolve(JSON.parse(output.split('\n')[0] ?? ''))
    })
    child.once('close', (code) => reject(new Error(`ended with ${code} before it was ready: ${complaint}`)))
  })
  // A test that kills it early does not look at the outcome.
  outcome.catch(() => {})
  return { pid: child.pid ?? 0, child, outcome, exited }
}

/** Stops everything that the test started and removes its folders. */
export async function cleanUp(): Promise<void> {
  await Promise.all(servers.splice(0).map((server) => server.stop('immediate')))
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const folder of folders) {
    for (const dataDir of dataDirsBelow(folder)) {
      const pid = postmasterPid(dataDir)
      if (pid !== undefined) {
        process.kill(pid, 'SIGKILL')
        await until(() => postmasterPid(dataDir) === undefined)
      }
      removeSocketFolder(dataDir)
    }
  }
  for (const release of releases.splice(0)) release()
  for (const folder of folders.splice(0)) {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
  logged.length = 0
}

function dataDirsBelow(folder: string): string[] {
  return ['data', 'copy', 'disk/data', `${'d'.repeat(100)}/data`].map((name) => join(folder, name))
}

function removeSocketFolder(dataDir: string): void {
  const record = join(dataDir, 'postgres-socket')
  if (!existsSync(record)) return
  const [folder] = readFileSync(record, 'utf8').split('\n')
  if (folder?.startsWith(join(tmpdir(), 'leadwright-'))) rmSync(folder, { recursive: true, force: true })
}
