import { closeSync, fdatasyncSync, mkdtempSync, openSync, readFileSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { availableParallelism, cpus, release, totalmem } from 'node:os'
import path from 'node:path'
import type pg from 'pg'
import { median } from './statistics.ts'

const TMPFS_TYPE = 0x0102_1994
const SYNC_TRIES = 200
const PAGE_BYTES = 8192

/** The machine and what its disk takes for one durable page, in a few lines of text. */
export function describeMachine(dataDir: string): string[] {
  const [first] = cpus()
  const gib = (totalmem() / 2 ** 30).toFixed(0)
  const lines = [
    `machine: ${first?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, ${gib} GiB; ${process.platform} ${release()}; Node ${process.versions.node}`,
    `disk: ${Math.round(medianSyncUs(dataDir))} us to write and fdatasync one page of 8 kB (median of ${SYNC_TRIES})`,
  ]
  if (process.platform === 'linux' && statfsSync(dataDir).type === TMPFS_TYPE) {
    lines.push('WARNING: the data folder lies in memory (tmpfs), where durability costs nothing; set --data-dir.')
  }
  return lines
}

function medianSyncUs(dataDir: string): number {
  const folder = mkdtempSync(path.join(dataDir, 'sync-'))
  const file = openSync(path.join(folder, 'page'), 'w')
  try {
    const page = Buffer.alloc(PAGE_BYTES, 1)
    const times: number[] = []
    for (let i = 0; i < SYNC_TRIES; i += 1) {
      const start = process.hrtime.bigint()
      writeSync(file, page, 0, PAGE_BYTES, 0)
      fdatasyncSync(file)
      times.push(Number(process.hrtime.bigint() - start) / 1000)
    }
    return median(times)
  } finally {
    closeSync(file)
    rmSync(folder, { recursive: true })
  }
}

const SHOWN_SETTINGS = [
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'shared_buffers',
  'min_wal_size',
  'max_wal_size',
  'wal_compression',
  'checkpoint_timeout',
]

/** PostgreSQL's version and settings; throws when a commit would not be durable. */
export async function describePostgres(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ name: string; value: string }>(
    'SELECT name, current_setting(name) AS value FROM pg_settings WHERE name = ANY($1)',
    [[...SHOWN_SETTINGS, 'server_version']],
  )
  const values = new Map(rows.map(({ name, value }) => [name, value]))
  for (const name of ['fsync', 'synchronous_commit', 'full_page_writes']) {
    if (values.get(name) !== 'on') throw new Error(`PostgreSQL runs with ${name} = ${values.get(name)}; it must be on.`)
  }
  const settings = SHOWN_SETTINGS.map((name) => `${name} ${values.get(name)}`).join(', ')
  return `PostgreSQL ${values.get('server_version')}: ${settings}`
}

export interface ProcessMemory {
  readonly nowMb: number
  readonly peakMb: number
}

/** Resident memory of a process in MB of 1,000,000 bytes; null where the system does not tell. */
export function memoryOf(pid: number): ProcessMemory | null {
  if (process.platform !== 'linux') return null
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const megabytes = (name: string) => (Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024) / 1e6
  return { nowMb: megabytes('VmRSS'), peakMb: megabytes('VmHWM') }
}
