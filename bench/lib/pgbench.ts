import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import type { DatabaseAddress } from './cluster.ts'

const run = promisify(execFile)
const DEBIAN_FOLDER = '/usr/lib/postgresql'

export interface PgbenchRun {
  readonly program: string
  readonly address: DatabaseAddress
  readonly script: string
  readonly defines: Readonly<Record<string, number>>
  readonly clients: number
  readonly seconds: number
}

export interface PgbenchResult {
  readonly transactionsPerSecond: number
  /** Average, in milliseconds; pgbench gives no other. */
  readonly latencyMs: number
  readonly transactions: number
}

/** pgbench of the PATH, or the newest of Debian's packages, which do not put it there; null when there is none. */
export async function findPgbench(): Promise<{ readonly program: string; readonly version: string } | null> {
  for (const program of ['pgbench', ...debianPrograms()]) {
    try {
      const { stdout } = await run(program, ['--version'])
      return { program, version: stdout.trim() }
    } catch {
      // Not there; perhaps the next one is.
    }
  }
  return null
}

function debianPrograms(): string[] {
  try {
    const versions = readdirSync(DEBIAN_FOLDER).sort((a, b) => Number(b) - Number(a))
    return versions.map((version) => path.join(DEBIAN_FOLDER, version, 'bin/pgbench'))
  } catch {
    return []
  }
}

/** Runs one script with prepared statements; a failed transaction is thrown. */
export async function runPgbench(options: PgbenchRun): Promise<PgbenchResult> {
  const { program, address, script, defines, clients, seconds } = options
  const folder = mkdtempSync(path.join(tmpdir(), 'leadwright-pgbench-'))
  try {
    const file = path.join(folder, 'script.sql')
    writeFileSync(file, script)
    const threads = Math.min(clients, availableParallelism(), 2)
    const definitions = Object.entries(defines).flatMap(([name, value]) => ['-D', `${name}=${value}`])
    const options = ['-n', '-M', 'prepared', '-c', clients, '-j', threads, '-T', Math.max(1, Math.round(seconds))]
    const { stdout } = await run(program, [...options.map(String), ...definitions, '-f', file], {
      env: { ...process.env, ...environmentOf(address) },
      maxBuffer: 10_000_000,
    })
    return readResult(stdout)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function environmentOf({ host, port, user, password, database }: DatabaseAddress): Record<string, string> {
  return { PGHOST: host, PGPORT: String(port), PGUSER: user, PGPASSWORD: password, PGDATABASE: database }
}

function readResult(output: string): PgbenchResult {
  const number = (pattern: RegExp) => Number(pattern.exec(output)?.[1])
  const result = {
    transactionsPerSecond: number(/^tps = ([\d.]+)/m),
    latencyMs: number(/^latency average = ([\d.]+) ms/m),
    transactions: number(/^number of transactions actually processed: (\d+)/m),
  }
  const failed = number(/^number of failed transactions: (\d+)/m)
  if (!(result.transactions > 0) || failed > 0) throw new Error(`pgbench did not work:\n${output}`)
  return result
}
