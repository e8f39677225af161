import { existsSync, readdirSync, readFileSync, statSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { cleanUp, logged, makeDataDir, makeFolder, postmasterPid, query, start, startOther, until } from './harness.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
afterEach(cleanUp)

describe('first start', () => {
  it('makes a UTF-8 database with checksums, and keeps durability on whatever the settings say', async () => {
    const { connection } = await start(makeDataDir(), {
      settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '23' },
    })
    const rows = await query(
      connection,
      `SELECT current_database() AS database, current_setting('fsync') AS fsync,
              current_setting('synchronous_commit') AS commit, current_setting('full_page_writes') AS pages,
              current_setting('data_checksums') AS checksums, current_setting('server_encoding') AS encoding,
              current_setting('max_connections') AS connections, current_setting('jit') AS jit, upper('ä') AS upper`,
    )
    expect(rows).toEqual([
      {
        database: 'leadwright',
        fsync: 'on',
        commit: 'on',
        pages: 'on',
        checksums: 'on',
        encoding: 'UTF8',
        connections: '23',
        jit: 'off',
        upper: 'Ä',
      },
    ])
  })

  it('keeps other users out: no TCP, private folders, a password for everybody', async () => {
    const dataDir = makeDataDir()
    const { connection } = await start(dataDir)
    expect(await query(connection, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '' }])
    const rules = await query(connection, 'SELECT type, database, user_name, auth_method FROM pg_hba_file_rules')
    expect(rules).toEqual([{ type: 'local', database: ['all'], user_name: ['all'], auth_method: 'scram-sha-256' }])
    const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)
    expect([mode(dataDir), mode(join(dataDir, 'postgres')), mode(connection.host)]).toEqual(['700', '700', '700'])
    expect([mode(join(dataDir, 'postgres-password')), mode(join(dataDir, 'postgres.log'))]).toEqual(['600', '600'])
    await expect(query({ ...connection, password: 'guess' }, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' })
    await expect(query({ ...connection, database: 'postgres', password: '' }, 'SELECT 1')).rejects.toThrow()
  })

  it('leaves no half cluster when it is killed in the middle', async () => {
    const dataDir = makeDataDir()
    const unfinished = () => (existsSync(dataDir) ? readdirSync(dataDir).filter((name) => name.includes('.new-')) : [])
    const other = startOther({ dataDir, role: 'serve' })
    await until(() => unfinished().length > 0)
    process.kill(-other.pid, 'SIGKILL')
    await other.exited
    expect(unfinished()).toHaveLength(1)
    const { connection } = await start(dataDir)
    expect(await query(connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    expect(unfinished()).toEqual([])
  })
})

describe('restart', () => {
  it('finds everything again, under the same password', async () => {
    const dataDir = makeDataDir()
    const first = await start(dataDir)
    await query(first.connection, 'CREATE TABLE kept AS SELECT 42 AS answer')
    await first.stop('fast')
    expect(postmasterPid(dataDir)).toBeUndefined()
    const second = await start(dataDir)
    expect(second.connection).toEqual(first.connection)
    expect(await query(second.connection, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  })

  it('moves a large log aside', async () => {
    const dataDir = makeDataDir()
    await (await start(dataDir)).stop('fast')
    truncateSync(join(dataDir, 'postgres.log'), 11 * 1024 * 1024)
    await start(dataDir)
    expect(statSync(join(dataDir, 'postgres.log.1')).size).toBe(11 * 1024 * 1024)
    expect(readFileSync(join(dataDir, 'postgres.log'), 'utf8')).toContain('ready to accept connections')
  })

  it('uses a private temporary folder for the socket of a deep DATA_DIR, and finds it again', async () => {
    const dataDir = join(makeFolder(), 'd'.repeat(100), 'data')
    const first = await start(dataDir)
    expect(first.connection.host).not.toContain(dataDir)
    expect(statSync(first.connection.host).mode & 0o777).toBe(0o700)
    expect(await query(first.connection, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
    const guest = await start(dataDir, { role: 'cli' })
    expect(guest.connection).toEqual(first.connection)
    await first.stop('fast')
    expect((await start(dataDir)).connection).toEqual(first.connection)
  })
})

describe('while it runs', () => {
  it('brings a killed PostgreSQL back with all that was committed, and still guards the folder', async () => {
    const dataDir = makeDataDir()
    const { connection } = await start(dataDir)
    await query(connection, 'CREATE TABLE kept AS SELECT 42 AS answer')
    const pid = await until(() => postmasterPid(dataDir))
    process.kill(pid, 'SIGKILL')
    const rows = await until(() => query(connection, 'SELECT answer FROM kept').catch(() => undefined))
    expect(rows).toEqual([{ answer: 42 }])
    expect(postmasterPid(dataDir)).not.toBe(pid)
    await until(() => logged.includes('info PostgreSQL is back'))
    await expect(start(dataDir)).rejects.toThrow('Another Leadwright server')
  })

  it('takes its lock again after PostgreSQL restarted its own processes', async () => {
    const dataDir = makeDataDir()
    const { connection } = await start(dataDir)
    const pid = postmasterPid(dataDir)
    const [row] = await query(
      connection,
      `SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'leadwright serve'`,
    )
    process.kill(Number(row?.['pid']), 'SIGKILL')
    await until(() => logged.includes('info PostgreSQL is back'))
    expect(postmasterPid(dataDir)).toBe(pid)
    await expect(start(dataDir)).rejects.toThrow('Another Leadwright server')
  })

  it('is not reached by an interrupt from the terminal', async () => {
    const dataDir = makeDataDir()
    const other = startOther({ dataDir, role: 'serve' })
    const { connection } = await other.outcome
    if (connection === undefined) throw new Error('it did not start')
    const before = await query(connection, 'SELECT pg_postmaster_start_time()::text AS started')
    process.kill(-other.pid, 'SIGINT')
    expect(await query(connection, 'SELECT pg_postmaster_start_time()::text AS started')).toEqual(before)
    process.kill(other.pid, 'SIGTERM')
    expect(await other.exited).toBe(0)
    expect(postmasterPid(dataDir)).toBeUndefined()
  })
})

describe('stop', () => {
  it('rolls back open work, may be called again, and nothing is left behind', async () => {
    const dataDir = makeDataDir()
    const postgres = await start(dataDir)
    await query(postgres.connection, 'CREATE TABLE kept (answer int)')
    const open = query(postgres.connection, 'INSERT INTO kept SELECT 1 FROM pg_sleep(600)').catch((error) => error.code)
    await until(async () => {
      const rows = await query(postgres.connection, `SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep'`)
      return rows.length === 1
    })
    await Promise.all([postgres.stop('fast'), postgres.stop('fast')])
    await postgres.stop('immediate')
    expect(postmasterPid(dataDir)).toBeUndefined()
    expect(await open).toBe('57P01')
    const { connection } = await start(dataDir)
    expect(await query(connection, 'SELECT count(*)::int AS rows FROM kept')).toEqual([{ rows: 0 }])
  })

  it('forced, still loses nothing that was committed', async () => {
    const dataDir = makeDataDir()
    const postgres = await start(dataDir)
    await query(postgres.connection, 'CREATE TABLE kept AS SELECT 42 AS answer')
    await postgres.stop('immediate')
    expect(postmasterPid(dataDir)).toBeUndefined()
    const { connection } = await start(dataDir)
    expect(await query(connection, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }])
  })

  it('during a restart leaves nothing running', async () => {
    const dataDir = makeDataDir()
    const postgres = await start(dataDir)
    process.kill(await until(() => postmasterPid(dataDir)), 'SIGKILL')
    await until(() => logged.some((line) => line.startsWith('warn')))
    await postgres.stop('fast')
    expect(postmasterPid(dataDir)).toBeUndefined()
  })
})
