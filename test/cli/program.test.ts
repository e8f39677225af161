import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase } from '../support/database.ts'
import { databaseUrl, documentOf, run, spawnCli } from './harness.ts'

let folder: string
let env: Record<string, string>
let drop: () => Promise<void>

beforeAll(async () => {
  const database = await freshDatabase()
  drop = database.drop
  folder = await mkdtemp(path.join(tmpdir(), 'leadwright-cli-'))
  env = { DATABASE_URL: databaseUrl(database.connection), DATA_DIR: folder }
})
afterAll(async () => {
  await drop()
  await rm(folder, { recursive: true })
})

const COMMANDS = [
  'serve',
  'migrate',
  'doctor',
  'company add',
  'user add',
  'token issue',
  'token list',
  'token revoke',
  'apikey issue',
  'apikey list',
  'apikey revoke',
  'lead offer',
]

describe('every command', () => {
  test.each(COMMANDS)('%s explains itself with one example, and needs no store for that', async (command) => {
    const { code, stdout, stderr } = await run({ PORT: 'nonsense' }, [...command.split(' '), '--help'])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain(`Usage: leadwright ${command} `)
    expect(stdout).toContain('--json')
    expect(stdout.match(/Example:\n {2}leadwright .+\n$/)?.[0]).toContain(`leadwright ${command}`)
  })

  test.each([
    [[], 'Name a command; leadwright --help lists them.'],
    [['token'], 'Name a command; leadwright --help lists them.'],
    [['nonsense'], "Unknown command 'nonsense'."],
    [['token', 'nonsense'], "Unknown command 'nonsense'."],
    [['doctor', '--nonsense'], "Unknown option '--nonsense'."],
    [['doctor', 'nonsense'], "Too many arguments for 'doctor'. Expected 0 arguments but got 1."],
    [['token', 'list'], "Required option '--company <id>' not specified."],
    [['token', 'revoke', '--company', '1'], "Missing required argument 'id'."],
  ])('called as %j tells the fault in one sentence and fails', async (argv, error) => {
    expect(await run(env, argv)).toEqual({ code: 1, stdout: '', stderr: `${error}\n` })
  })

  test('tells faults of the settings as JSON when asked for JSON', async () => {
    const { code, stdout, stderr } = await run({ PORT: 'x' }, ['migrate', '--json'])
    expect([code, stderr]).toEqual([1, ''])
    expect(JSON.parse(stdout)).toEqual({ error: expect.stringContaining('PORT must be a whole number') })
  })

  test('tells that PostgreSQL is away', async () => {
    const { code, stdout } = await run({ DATABASE_URL: 'postgres://127.0.0.1:1/x' }, ['migrate', '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toEqual({ error: expect.stringContaining('cannot be reached') })
  })

  test('works as a process: one document on standard output, and the exit code', async () => {
    const good = await spawnCli(
      env,
      ['company', 'add', '--name', 'N', '--email', 'n@elm.example', '--password-stdin', '--json'],
      'long enough for all\n',
    )
    expect(good.code).toBe(0)
    expect(Object.keys(documentOf(good))).toEqual(['company', 'email', 'token', 'apiKey'])
    const bad = await spawnCli(env, ['token', 'list', '--company', '1', '--json'])
    expect(bad.code).toBe(1)
    expect(documentOf(bad)).toEqual({ error: 'There is no company 1.' })
  })
})

describe('migrate', () => {
  test('brings an empty store to this release, and leaves one that is there alone', async () => {
    const name = `empty_${process.pid}`
    const admin = new pg.Client({ connectionString: env['DATABASE_URL'] })
    await admin.connect()
    await admin.query(`CREATE DATABASE ${name} TEMPLATE template0`)
    const url = new URL(env['DATABASE_URL'] ?? '')
    url.pathname = name
    const empty = { ...env, DATABASE_URL: url.href }
    try {
      const before = await run(empty, ['doctor', '--json'])
      expect(before.code).toBe(1)
      expect(before.stdout).toContain('run leadwright migrate')
      const { applied } = documentOf(await run(empty, ['migrate', '--json']))
      expect(applied).toContain('0001_leads.sql')
      expect(documentOf(await run(empty, ['migrate', '--json']))).toEqual({ applied: [] })
    } finally {
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
      await admin.end()
    }
  })
})

describe('doctor', () => {
  const checks = async (settings: Record<string, string>) => {
    const { code, stdout } = await run(settings, ['doctor', '--json'])
    const { ok, findings } = JSON.parse(stdout) as { ok: boolean; findings: { check: string; ok: boolean }[] }
    return { code, ok, wrong: findings.filter((finding) => !finding.ok).map(({ check }) => check) }
  }

  test('finds nothing wrong with a good installation', async () => {
    await writeFile(path.join(folder, 'demo.json'), '{}', { mode: 0o600 })
    expect(await checks(env)).toEqual({ code: 0, ok: true, wrong: [] })
    expect((await run(env, ['doctor'])).stdout).toMatch(/^ +CHECK +FOUND\nok +settings /)
  })

  test.each([0o640, 0o604, 0o620])('finds a file of DATA_DIR of mode %o that others may use', async (mode) => {
    const file = path.join(folder, 'demo.json')
    await writeFile(file, '{}')
    await chmod(file, mode)
    expect(await checks(env)).toEqual({ code: 1, ok: false, wrong: ['file modes'] })
    await rm(file)
  })

  test('finds a store that is away, and still looks at the rest', async () => {
    const away = { ...env, DATABASE_URL: 'postgres://127.0.0.1:1/x' }
    expect(await checks(away)).toEqual({ code: 1, ok: false, wrong: ['postgresql'] })
  })

  test('finds synchronous_commit switched off', async () => {
    const admin = new pg.Client({ connectionString: env['DATABASE_URL'] })
    await admin.connect()
    const { rows } = await admin.query('SELECT current_database() AS name')
    await admin.query(`ALTER DATABASE ${rows[0].name} SET synchronous_commit = off`)
    expect(await checks(env)).toEqual({ code: 1, ok: false, wrong: ['synchronous_commit'] })
    await admin.query(`ALTER DATABASE ${rows[0].name} RESET synchronous_commit`)
    await admin.end()
  })

  test('finds faults of the settings', async () => {
    expect(await checks({ ...env, PORT: 'x', LOG_LEVEL: 'loud' })).toEqual({ code: 1, ok: false, wrong: ['settings'] })
  })
})
