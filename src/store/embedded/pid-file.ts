import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode } from './data-folder.ts'

/** The process id in the cluster's postmaster.pid, dead or alive; undefined without such a file. */
export function readPidFile(cluster: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(join(cluster, 'postmaster.pid'), 'utf8'), 10)
    return Number.isInteger(pid) && pid > 0 ? pid : undefined
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

/** The process id of the running PostgreSQL of this cluster; a stale postmaster.pid counts as none. */
export function findPostmasterPid(cluster: string): number | undefined {
  const pid = readPidFile(cluster)
  return pid !== undefined && isPostmasterOf(pid, cluster) ? pid : undefined
}

/**
 * Whether the process lives and is a PostgreSQL of this cluster. The number alone proves nothing: after a crash or a
 * reboot another program may have it. PostgreSQL's working directory is its cluster.
 */
export function isPostmasterOf(pid: number, cluster: string): boolean {
  if (process.platform !== 'linux') return isPostmasterByCommand(pid, cluster)
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const name = status.slice(status.indexOf('(') + 1, status.lastIndexOf(')'))
    // Z: ended, but its parent (in a container often one that never does) has not collected it.
    const isEnded = /^ [ZX]/.test(status.slice(status.lastIndexOf(')') + 1))
    if (isEnded || name !== 'postgres') return false
    const cwd = statSync(`/proc/${pid}/cwd`)
    const folder = statSync(cluster)
    return cwd.ino === folder.ino && cwd.dev === folder.dev
  } catch (error) {
    // EACCES: a process of another user, while the cluster's processes run as its owner.
    if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(errorCode(error) ?? '')) return false
    throw error
  }
}

function isPostmasterByCommand(pid: number, cluster: string): boolean {
  const { stdout } = spawnSync('ps', ['-p', String(pid), '-o', 'stat=,command='], { encoding: 'utf8' })
  const line = (stdout ?? '').trim()
  return line !== '' && !line.startsWith('Z') && line.includes('postgres') && line.includes(cluster)
}
