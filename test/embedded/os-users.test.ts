import {
  chmodSync,
  chownSync,
  cpSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { findNativePackage, prepareBinaries } from '../../src/store/embedded/binaries.ts'
import {
  cleanUp,
  failedStart,
  isRoot,
  makeDataDir,
  makeFolder,
  postmasterPid,
  query,
  start,
  startOther,
} from './harness.ts'
import { canRunHere, chownTree, clusterOwner, findUser } from './users.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
afterEach(cleanUp)

const nobody = findUser('nobody')

describe.runIf(isRoot && nobody !== undefined)('as root (these tests need root and a user nobody)', () => {
  if (nobody === undefined) return
  const osUsers = ['no-such-user', 'nobody']

  it('runs PostgreSQL as nobody when there is no postgres, below folders that only root may enter', async () => {
    const dataDir = makeDataDir()
    const { connection } = await start(dataDir, { osUsers })
    expect(await query(connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(clusterOwner(dataDir)).toEqual(nobody)
    expect(statSync(`/proc/${postmasterPid(dataDir)}`).uid).toBe(nobody.uid)
    const { uid, mode } = statSync(dataDir)
    expect([uid, mode & 0o777]).toEqual([0, 0o700])
  })

  it('keeps the owner of a cluster that is there', async () => {
    const dataDir = makeDataDir()
    await (await start(dataDir, { osUsers })).stop('fast')
    const other = { uid: 54321, gid: 54321 }
    chownTree(join(dataDir, 'postgres'), other)
    await start(dataDir)
    expect(statSync(`/proc/${postmasterPid(dataDir)}`).uid).toBe(other.uid)
  })

  it('names the users when the machine has none of them, and the command when the cluster is root’s', async () => {
    const dataDir = makeDataDir()
    expect(await failedStart(dataDir, { osUsers: ['no-such-user'] })).toMatch(/^StartError: .*no-such-user.*\.$/)
    await (await start(dataDir, { osUsers })).stop('fast')
    chownTree(join(dataDir, 'postgres'), { uid: 0, gid: 0 })
    expect(await failedStart(dataDir, { osUsers })).toMatch(/^StartError: .*chown -R nobody .*\.$/)
  })

  it('runs a copy of the programs when their folder is closed to the user, and makes it once', async () => {
    const closed = makeFolder()
    const native = findNativePackage()
    const hidden = { ...native, folder: join(closed, 'native') }
    linkTree(native.folder, hidden.folder)
    const cache = makeFolder()
    chmodSync(cache, 0o755)
    const user = { name: 'nobody', ...nobody }
    const copy = prepareBinaries(hidden, user, ['/dev/null', cache])
    expect(copy.startsWith(cache)).toBe(true)
    const { ino } = statSync(copy)
    expect(statSync(prepareBinaries(hidden, user, [cache])).ino).toBe(ino)
    chownSync(copy, nobody.uid, nobody.gid)
    expect(statSync(prepareBinaries(hidden, user, [cache])).uid).toBe(0)
  })

  it.runIf(canRunHere(nobody))(
    'an ordinary user starts, restarts and stops it, and root can use it afterwards',
    async () => {
      const parent = makeFolder()
      chownSync(parent, nobody.uid, nobody.gid)
      const dataDir = join(parent, 'data')
      for (let round = 0; round < 2; round += 1) {
        const other = startOther({ dataDir, role: 'serve' }, nobody)
        const { connection, error } = await other.outcome
        expect(error).toBeUndefined()
        if (connection === undefined) throw new Error('it did not start')
        expect(await query(connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
        other.child.kill('SIGTERM')
        expect(await other.exited).toBe(0)
      }
      const { connection } = await start(dataDir)
      expect(await query(connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
      expect(statSync(`/proc/${postmasterPid(dataDir)}`).uid).toBe(nobody.uid)
    },
  )
})

/** A copy that costs no space. */
function linkTree(source: string, target: string): void {
  mkdirSync(target)
  for (const entry of readdirSync(source, { withFileTypes: true })) {
    const [from, to] = [join(source, entry.name), join(target, entry.name)]
    if (entry.isDirectory()) linkTree(from, to)
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(from), to)
    else linkOrCopy(from, to)
  }
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch {
    // The temporary folder is another file system.
    cpSync(from, to)
  }
}
