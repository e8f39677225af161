import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { runCli } from '../../src/cli/program.ts'
import type { Connection } from '../../src/store/database.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')

export interface CliRun {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command inside this process. */
export async function run(env: Record<string, string>, argv: readonly string[], stdin = ''): Promise<CliRun> {
  const stdout: string[] = []
  const stderr: string[] = []
  const code = await runCli(argv, {
    env,
    cwd: ROOT,
    stdin: (async function* () {
      yield stdin
    })(),
    stdout: { write: (text) => stdout.push(text) },
    stderr: { write: (text) => stderr.push(text) },
  })
  return { code, stdout: stdout.join(''), stderr: stderr.join('') }
}

/** Runs a command as a process of its own. */
export async function spawnCli(env: Record<string, string>, argv: readonly string[], stdin = ''): Promise<CliRun> {
  const child = spawn(process.execPath, [path.join(ROOT, 'src/cli/main.ts'), ...argv], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (data: Buffer) => {
    stdout += data.toString()
  })
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString()
  })
  child.stdin.end(stdin)
  const [code] = await once(child, 'close')
  return { code: Number(code), stdout, stderr }
}

/** The one JSON document that a command printed with --json, which must be all that it printed. */
export function documentOf({ stdout, stderr }: CliRun): Record<string, unknown> {
  if (stderr !== '') throw new Error(`Expected nothing on standard error, got: ${stderr}`)
  return JSON.parse(stdout)
}

export function databaseUrl(connection: Connection): string {
  if ('connectionString' in connection) return connection.connectionString
  const { user, password, host, port, database } = connection
  const url = new URL('postgres://localhost')
  url.username = user
  url.password = password
  url.pathname = database
  // A folder of a Unix socket has no place in a URL but here.
  url.search = new URLSearchParams({ host, port: String(port) }).toString()
  return url.href
}
