import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningServer, startServer } from '../../src/compose.ts'
import { type Config, readConfig } from '../../src/config.ts'
import { shellWord } from '../../src/lib/shell.ts'
import { type Demo, prepareDemo, welcomeText } from '../../src/welcome.ts'
import { freshDatabase } from '../support/database.ts'

const run = promisify(execFile)

/** Stands in for curl on the PATH and prints its arguments as a JSON array, so that a real shell reads the command. */
const PRINT_ARGUMENTS = `#!${process.execPath}\nprocess.stdout.write(JSON.stringify(process.argv.slice(2)))\n`

let folder: string
let config: Config
let running: RunningServer
let demo: Demo
let dropDatabase: () => Promise<void>

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'leadwright-welcome-'))
  await writeFile(path.join(folder, 'curl'), PRINT_ARGUMENTS, { mode: 0o755 })
  const database = await freshDatabase()
  dropDatabase = database.drop
  config = readConfig({ PORT: '0', LOG_LEVEL: 'silent', DATA_DIR: folder }, folder)
  running = await startServer(config, database.connection, () => undefined)
  const prepared = await prepareDemo(config, running)
  if (prepared === null) throw new Error('An empty store gets the demo.')
  demo = prepared
})

afterAll(async () => {
  await running.close()
  await dropDatabase()
  await rm(folder, { recursive: true, force: true })
})

function printed(shown: Demo | null): string {
  return welcomeText({ config, baseUrl: running.baseUrl, engineKind: 'embedded', demo: shown })
}

/** The commands of the text that start with curl, with their continuation lines. */
function commandsIn(text: string): string[] {
  return text.match(/^curl (?:.*\\\n)*.*$/gm) ?? []
}

async function argumentsOf(command: string): Promise<string[]> {
  const { stdout } = await run('/bin/sh', ['-c', command], { env: { PATH: folder } })
  return JSON.parse(stdout) as string[]
}

/** Sends what curl would send. */
async function send(command: string): Promise<Response> {
  const given = await argumentsOf(command)
  const headers = new Headers()
  let body = ''
  let url = ''
  for (const [i, word] of given.entries()) {
    const value = given[i + 1] ?? ''
    if (word === '-H') headers.set(value.slice(0, value.indexOf(':')), value.slice(value.indexOf(':') + 1).trim())
    if (word === '-u') headers.set('authorization', `Basic ${Buffer.from(value).toString('base64')}`)
    if (word === '-d') body = value
    if (word.startsWith('http://')) url = word
  }
  expect(given.slice(0, 2)).toEqual(['-X', 'PUT'])
  return fetch(url, { method: 'PUT', headers, body })
}

describe('the welcome', () => {
  test('names the portal with a log-in, the documents, where data lives and the demo file', () => {
    const text = printed(demo)
    const [first] = demo.companies
    expect(text).toContain(`open ${running.baseUrl}/ and sign in as ${first?.email}`)
    expect(text).toContain(`with the password ${first?.password}`)
    for (const part of [`${running.baseUrl}/docs`, folder, path.join(folder, 'demo.json')]) {
      expect(text).toContain(part)
    }
  })

  test('has two requests that a shell takes as printed, answer 200 and show a change, again at the next start', async () => {
    const since = new Date()
    for (const _ of ['first start', 'second start']) {
      const shown = await prepareDemo(config, running)
      const [report, update, ...more] = commandsIn(printed(shown))
      expect(more).toEqual([])
      const reported = await send(report ?? '')
      expect(reported.status).toBe(200)
      expect(await reported.json()).toMatchObject({
        success: true,
        data: { id: shown?.examples?.report.leadId, postLeadStatus: 'CONTACT_MADE' },
      })
      const updated = await send(update ?? '')
      expect(updated.status).toBe(200)
      expect(await updated.json()).toMatchObject({
        ID: shown?.examples?.update.leadId,
        LEAD_QUALITY: 3,
        LEAD_VALUE: shown?.examples?.update.value,
      })
    }
    const events = await running.app.db.query<{ event: string }>({
      text: 'SELECT event FROM timeline WHERE at > $1 ORDER BY at',
      values: [since],
    })
    const once = ['lead.status_changed', 'lead.updated']
    expect(events.map(({ event }) => event)).toEqual([...once, ...once])
  })

  test('without a demo tells how to make the first company and holds no secret', () => {
    const text = printed(null)
    expect(text).toContain('bin/leadwright company add')
    for (const { token, apiKey, password } of demo.companies) {
      for (const secret of [token, apiKey, password]) expect(text).not.toContain(secret)
    }
  })

  test('never shows the address of an external PostgreSQL, which has a password in it', () => {
    const external = readConfig({ DATABASE_URL: 'postgres://me:hidden@db/leads', DATA_DIR: folder }, folder)
    const text = welcomeText({ config: external, baseUrl: running.baseUrl, engineKind: 'external', demo: null })
    expect(text).toContain('DATABASE_URL')
    expect(text).not.toContain('hidden')
  })
})

test.each(["it's", '$HOME `id` "x" \\', 'a b', '!1', "'", '', 'plain-word'])('a shell reads %j back', async (text) => {
  expect(await argumentsOf(`curl ${shellWord(text)}`)).toEqual([text])
})
