import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { StartError } from '../../lib/start-error.ts'

/** The OS user that PostgreSQL's processes run as when that is not the user of this process. */
export interface OsUser {
  name: string
  uid: number
  gid: number
}

/**
 * Decides who runs PostgreSQL, which refuses to run as root.
 * An ordinary user stays itself (undefined). Root keeps the owner of an existing cluster, else takes the first of
 * `candidates` that exists on this machine.
 */
export function chooseOsUser(cluster: string, candidates: readonly string[]): OsUser | undefined {
  const own = process.getuid?.()
  const stat = statSync(cluster, { throwIfNoEntry: false })
  if (own !== 0) {
    if (stat !== undefined && own !== undefined && stat.uid !== own) {
      throw new StartError(
        `The database folder ${cluster} belongs to OS user ${stat.uid} but Leadwright runs as ${own}: start it as ` +
          `the owner or as root, or set another DATA_DIR.`,
      )
    }
    return undefined
  }
  if (stat !== undefined && stat.uid !== 0) return { name: String(stat.uid), uid: stat.uid, gid: stat.gid }
  const user = findFirstUser(candidates)
  if (user === undefined) {
    throw new StartError(
      `PostgreSQL does not run as root and this machine has none of the OS users ${candidates.join(', ')}: ` +
        'start Leadwright as an ordinary user, or set DATABASE_URL.',
    )
  }
  if (stat?.isDirectory() && readdirSync(cluster).length > 0) {
    throw new StartError(
      `The database folder ${cluster} belongs to root, as whom PostgreSQL does not run: ` +
        `give it back to its user, for instance with chown -R ${user.name} ${cluster}, and start again.`,
    )
  }
  return user
}

function findFirstUser(candidates: readonly string[]): OsUser | undefined {
  for (const name of candidates) {
    const uid = readId('-u', name)
    const gid = readId('-g', name)
    if (uid !== undefined && gid !== undefined && uid !== 0) return { name, uid, gid }
  }
  return undefined
}

function readId(flag: '-u' | '-g', name: string): number | undefined {
  const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  const id = Number.parseInt(stdout ?? '', 10)
  return status === 0 && Number.isInteger(id) ? id : undefined
}

/**
 * Options that every PostgreSQL program is spawned with. The environment is our own: PGDATA, PGOPTIONS and the like of
 * the caller would change what is started, and messages must be English to be understood here.
 */
export function processOptions(user: OsUser | undefined): {
  cwd: string
  env: NodeJS.ProcessEnv
  uid?: number
  gid?: number
} {
  const base = { cwd: '/', env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } }
  return user === undefined ? base : { ...base, uid: user.uid, gid: user.gid }
}
