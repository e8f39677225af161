import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { findNativePackage } from '../../src/store/embedded/binaries.ts'
import {
  cleanUp,
  failedStart,
  isRoot,
  makeDataDir,
  makeFolder,
  postmasterPid,
  query,
  releases,
  start,
  startOther,
} from './harness.ts'
import { canRunHere, clusterOwner, findUser } from './users.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
afterEach(cleanUp)

/** One sentence, and nothing of a stack. */
const sentence = (...parts: string[]) => {
  const escaped = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^StartError: [^\\n]*${escaped.join('[^\\n]*')}[^\\n]*\\.$`)
}

describe('a start ends with one sentence', () => {
  it('when the platform has no built-in PostgreSQL', () => {
    expect(() => findNativePackage('win32', 'x64')).toThrow('set DATABASE_URL')
    expect(() => findNativePackage('linux', 'riscv64')).toThrow('set DATABASE_URL')
  })

  it('when DATA_DIR is a file, or lies below one', async () => {
    const file = join(makeFolder(), 'data')
    writeFileSync(file, '')
    expect(await failedStart(file)).toMatch(sentence(file, 'is not a folder'))
    expect(await failedStart(join(file, 'below'))).toMatch(sentence(file, 'is not a folder'))
  })

  it('when the place of the database holds something else', async () => {
    const dataDir = makeDataDir()
    const cluster = join(dataDir, 'postgres')
    mkdirSync(dataDir)
    writeFileSync(cluster, '')
    expect(await failedStart(dataDir)).toMatch(sentence(cluster, 'is not a folder'))
    rmSync(cluster)
    mkdirSync(cluster)
    giveToPostgres(cluster)
    writeFileSync(join(cluster, 'notes.txt'), 'not a database')
    expect(await failedStart(dataDir)).toMatch(sentence(cluster, 'is not empty', 'PG_VERSION'))
    writeFileSync(join(cluster, 'PG_VERSION'), '17\n')
    expect(await failedStart(dataDir)).toMatch(sentence(cluster, 'PostgreSQL 17', 'PostgreSQL 18'))
  })

  it('when the password file is missing, or is that of another database', async () => {
    const dataDir = makeDataDir()
    const password = join(dataDir, 'postgres-password')
    await (await start(dataDir)).stop('fast')
    writeFileSync(password, 'of another database\n')
    expect(await failedStart(dataDir)).toMatch(sentence('does not accept the password', password))
    expect(postmasterPid(dataDir)).toBeUndefined()
    rmSync(password)
    expect(await failedStart(dataDir)).toMatch(sentence(password, 'missing'))
  })

  it('quoting PostgreSQL when that refuses, and leaves nothing running', async () => {
    const dataDir = makeDataDir()
    await (await start(dataDir)).stop('fast')
    const message = await failedStart(dataDir, { settings: { max_connections: 'many' } })
    expect(message).toMatch(sentence('invalid value for parameter "max_connections": "many"', 'postgres.log'))
    rmSync(join(dataDir, 'postgres', 'global', 'pg_control'))
    expect(await failedStart(dataDir)).toMatch(sentence('pg_control'))
    expect(postmasterPid(dataDir)).toBeUndefined()
  })

  it.runIf(canBeOrdinary())('when an ordinary user may not read or write DATA_DIR', async () => {
    const dataDir = makeDataDir()
    mkdirSync(dataDir)
    chmodSync(dataDir, 0o500)
    expect(await ordinaryFailure(dataDir)).toMatch(/may not read and write .*set DATA_DIR to a folder of this user\.$/)
  })
})

/** Clusters of root's are refused before anything is looked at; a test of what comes after gives them away. */
function giveToPostgres(folder: string): void {
  const user = findUser('postgres') ?? findUser('nobody')
  if (isRoot && user !== undefined) chownSync(folder, user.uid, user.gid)
}

/** Root needs another user that can come to these files. */
function canBeOrdinary(): boolean {
  const nobody = findUser('nobody')
  return !isRoot || (nobody !== undefined && canRunHere(nobody))
}

/** How a start by an ordinary user ends: this one, or, for root, whom nothing is forbidden, `nobody`. */
async function ordinaryFailure(dataDir: string): Promise<string | undefined> {
  if (!isRoot) return (await failedStart(dataDir)).replace('StartError: ', '')
  chmodSync(dirname(dataDir), 0o755)
  return (await startOther({ dataDir, role: 'serve' }, findUser('nobody')).outcome).error
}

/** A small file system can be had by root only, and not in every container. */
function canMount(): boolean {
  if (!isRoot || process.platform !== 'linux') return false
  const folder = makeFolder()
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).status === 0
  if (isMounted) spawnSync('umount', [folder])
  rmSync(folder, { recursive: true })
  return isMounted
}

describe.runIf(canMount())('a full disk (seen only where this process may mount a file system)', () => {
  const mountSmall = (size: string) => {
    const disk = join(makeFolder(), 'disk')
    mkdirSync(disk)
    spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0700`, 'tmpfs', disk])
    releases.push(() => spawnSync('umount', ['-l', disk]))
    return disk
  }

  it('at the first start is named, and a start after it was made larger works', async () => {
    const folder = mountSmall('16m')
    const dataDir = join(folder, 'data')
    expect(await failedStart(dataDir)).toMatch(sentence(dataDir, 'is full', 'free some space'))
    spawnSync('mount', ['-o', 'remount,size=200m', folder])
    const { connection } = await start(dataDir)
    expect(await query(connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('at a later start is named, and a start after some space was freed works', async () => {
    const folder = mountSmall('120m')
    const dataDir = join(folder, 'data')
    await (await start(dataDir)).stop('fast')
    const { uid } = clusterOwner(dataDir)
    expect(uid).not.toBe(0)
    spawnSync('dd', ['if=/dev/zero', `of=${join(folder, 'ballast')}`, 'bs=4k'])
    expect(await failedStart(dataDir)).toMatch(sentence(dataDir, 'is full', 'free some space'))
    rmSync(join(folder, 'ballast'))
    const { connection } = await start(dataDir)
    expect(await query(connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })
})
