import { readdirSync, readFileSync } from 'node:fs'
import type pg from 'pg'

/** One tick of /proc/<pid>/stat; Linux has shown them by the hundred a second for ever. */
const US_PER_TICK = 10_000

/** The postmaster above a session of this machine; null where the system does not tell. */
export async function findPostmaster(client: pg.Client): Promise<number | null> {
  if (process.platform !== 'linux') return null
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  return parentOf(rows[0]?.pid ?? 0)
}

/** A process and its children. */
export function familyOf(pid: number): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.map(Number).filter((one) => one === pid || parentOf(one) === pid)
}

/** Null for a process that is gone. */
function parentOf(pid: number): number | null {
  const status = readProc(`${pid}/status`)
  return status === null ? null : Number(/^PPid:\s+(\d+)/m.exec(status)?.[1])
}

export function readProc(name: string): string | null {
  try {
    return readFileSync(`/proc/${name}`, 'utf8')
  } catch {
    return null
  }
}

/** Processor time of one process so far, in microseconds; children only as far as they ended. */
export function processorUs(pid: number): { readonly own: number; readonly ended: number } {
  const stat = readProc(`${pid}/stat`)
  if (stat === null) return { own: 0, ended: 0 }
  // The second field is a name in parentheses, which may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = (index: number) => Number(fields[index] ?? 0)
  return { own: (ticks(11) + ticks(12)) * US_PER_TICK, ended: (ticks(13) + ticks(14)) * US_PER_TICK }
}

/** Processor time of a process and of all children that it has or had, in microseconds. */
export function familyProcessorUs(pid: number): number {
  const children = familyOf(pid).filter((one) => one !== pid)
  const { own, ended } = processorUs(pid)
  return own + ended + children.reduce((sum, child) => sum + processorUs(child).own, 0)
}
