import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { cleanUp, makeDataDir, makeFolder, postmasterPid, query, start, startOther, until } from './harness.ts'
import { chownTree, clusterOwner } from './users.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
afterEach(cleanUp)

/** A cluster whose server was killed: PostgreSQL runs on without anybody. */
async function makeOrphan(dataDir: string): Promise<number> {
  const other = startOther({ dataDir, role: 'serve' })
  const { error } = await other.outcome
  expect(error).toBeUndefined()
  other.child.kill('SIGKILL')
  await other.exited
  return await until(() => postmasterPid(dataDir))
}

describe('after kill -9 of the server', () => {
  it('the next server takes over the PostgreSQL that still runs, keeps it running, and stops it', async () => {
    const dataDir = makeDataDir()
    const orphan = await makeOrphan(dataDir)
    const postgres = await start(dataDir)
    expect(postmasterPid(dataDir)).toBe(orphan)
    process.kill(orphan, 'SIGKILL')
    await until(() => query(postgres.connection, 'SELECT 1').catch(() => undefined))
    expect(postmasterPid(dataDir)).not.toBe(orphan)
    await postgres.stop('fast')
    expect(postmasterPid(dataDir)).toBeUndefined()
  })

  it('of two next servers exactly one takes over', async () => {
    const dataDir = makeDataDir()
    await makeOrphan(dataDir)
    await expectOneWinner(dataDir)
  })

  it('and of PostgreSQL, of two next servers exactly one starts', async () => {
    const dataDir = makeDataDir()
    const orphan = await makeOrphan(dataDir)
    process.kill(orphan, 'SIGKILL')
    await expectOneWinner(dataDir)
  })
})

describe('two servers on one folder', () => {
  it('the second one says who is there, and does not disturb the first', async () => {
    const dataDir = makeDataDir()
    const other = startOther({ dataDir, role: 'serve' })
    const { connection } = await other.outcome
    if (connection === undefined) throw new Error('it did not start')
    await expect(start(dataDir)).rejects.toThrow(
      `Another Leadwright server (process ${other.pid}) uses DATA_DIR ${dataDir}: stop it first, or set another DATA_DIR.`,
    )
    expect(await query(connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('of two first starts at the same time exactly one wins', async () => {
    await expectOneWinner(makeDataDir())
  })
})

async function expectOneWinner(dataDir: string): Promise<void> {
  const others = [startOther({ dataDir, role: 'serve' }), startOther({ dataDir, role: 'serve' })]
  const outcomes = await Promise.all(others.map((other) => other.outcome))
  const winner = outcomes.find((outcome) => outcome.connection !== undefined)?.connection
  const loser = outcomes.find((outcome) => outcome.error !== undefined)?.error
  expect(loser).toContain('Another Leadwright server')
  if (winner === undefined) throw new Error('none started')
  expect(await query(winner, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
}

describe('a command', () => {
  it('uses the PostgreSQL of a running server and leaves it running', async () => {
    const dataDir = makeDataDir()
    const server = await start(dataDir)
    const command = await start(dataDir, { role: 'cli' })
    expect(command.connection).toEqual(server.connection)
    await command.stop('fast')
    expect(await query(server.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  it('starts PostgreSQL when none runs, stops it when done, and ends by itself', async () => {
    const dataDir = makeDataDir()
    const command = startOther({ dataDir, role: 'cli' })
    const { connection } = await command.outcome
    expect(connection?.database).toBe('leadwright')
    command.child.kill('SIGTERM')
    expect(await command.exited).toBe(0)
    expect(postmasterPid(dataDir)).toBeUndefined()
  })

  it('lets another command finish on the PostgreSQL that it stops', async () => {
    const dataDir = makeDataDir()
    const first = await start(dataDir, { role: 'cli' })
    const second = await start(dataDir, { role: 'cli' })
    let isStopped = false
    const stopped = first.stop('fast').then(() => {
      isStopped = true
    })
    // The first waits, and the second can still open connections.
    for (let round = 0; round < 5; round += 1)
      expect(await query(second.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(isStopped).toBe(false)
    await second.stop('fast')
    await stopped
    expect(postmasterPid(dataDir)).toBeUndefined()
  })

  it('is waited for by a server that starts meanwhile', async () => {
    const dataDir = makeDataDir()
    const command = await start(dataDir, { role: 'cli' })
    const other = startOther({ dataDir, role: 'serve' })
    // The server has looked when it has been seen connected.
    await until(async () => {
      const rows = await query(
        { ...command.connection, database: 'postgres' },
        `SELECT FROM pg_stat_activity WHERE application_name = 'leadwright serve'`,
      )
      return rows.length > 0
    })
    await command.stop('fast')
    const { connection } = await other.outcome
    if (connection === undefined) throw new Error('it did not start')
    await expect(start(dataDir)).rejects.toThrow(`process ${other.pid}`)
  })
})

describe('a stale postmaster.pid', () => {
  const strangers: ChildProcess[] = []
  afterEach(() => {
    for (const stranger of strangers.splice(0)) stranger.kill('SIGKILL')
  })

  it('does not block when its number belongs to another program of the same user', async () => {
    const dataDir = makeDataDir()
    const pid = await makeOrphan(dataDir)
    process.kill(pid, 'SIGKILL')
    await until(() => postmasterPid(dataDir) === undefined)
    const stranger = spawn('sleep', ['600'], { ...clusterOwner(dataDir), cwd: '/', stdio: 'ignore' })
    strangers.push(stranger)
    for (const name of ['postmaster.pid', 'run/.s.PGSQL.5432.lock']) {
      const path = join(dataDir, 'postgres', name)
      writeFileSync(path, readFileSync(path, 'utf8').replace(/^\d+/, String(stranger.pid)))
    }
    const { connection } = await start(dataDir)
    expect(await query(connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(stranger.exitCode).toBeNull()
  })
})

describe('a copy of a data folder', () => {
  it('is another database, also when the original had its socket in a temporary folder', async () => {
    const parent = makeFolder()
    const original = join(parent, 'd'.repeat(100), 'data')
    const first = await start(original)
    await query(first.connection, 'CREATE TABLE place AS SELECT 1')
    await first.stop('fast')
    const copy = join(parent, 'copy')
    cpSync(original, copy, { recursive: true })
    chownTree(join(copy, 'postgres'), clusterOwner(original))
    const again = await start(original)
    const second = await start(copy)
    expect(second.connection.host).not.toBe(again.connection.host)
    await query(second.connection, 'DROP TABLE place')
    expect(await query(again.connection, 'SELECT count(*)::int AS rows FROM place')).toEqual([{ rows: 1 }])
  })
})
