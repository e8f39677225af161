import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ChildServer, freePort, readDemo, spawnServer, untilReady } from '../support/child-server.ts'

let dataDir: string
let port: string
const running: ChildServer[] = []

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'leadwright-process-'))
  port = String(await freePort())
})

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.end('SIGTERM')))
  await rm(dataDir, { recursive: true, force: true })
})

function start(settings: Record<string, string> = {}): ChildServer {
  const server = spawnServer({ DATA_DIR: dataDir, PORT: port, ...settings })
  running.push(server)
  return server
}

async function ready(settings: Record<string, string> = {}): Promise<ChildServer> {
  const server = start(settings)
  await untilReady(server)
  return server
}

async function postgresPid(): Promise<number> {
  return Number((await readFile(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n', 1)[0])
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

interface Demo {
  readonly token: string
  readonly email: string
  readonly password: string
  readonly apiKey: string
}

async function demo(): Promise<Demo> {
  const company = (await readDemo(dataDir)).companies[0]
  if (company === undefined) throw new Error('no demo company')
  return company
}

function leads({ email, password, apiKey }: Demo, query = '?skip=0&take=1'): Promise<Response> {
  const authorization = `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}`
  return fetch(`http://127.0.0.1:${port}/api/Leads${query}`, { headers: { authorization, apikey: apiKey } })
}

async function openLeadId(who: Demo): Promise<number> {
  const list = (await (await leads(who, '')).json()) as { ID: number; LEAD_STATUS: string }[]
  const open = list.find((lead) => lead.LEAD_STATUS === 'Open')
  if (open === undefined) throw new Error('The demo has no open lead.')
  return open.ID
}

describe('a stop', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('by %s ends with 0 and takes PostgreSQL along', async (signal) => {
    const server = await ready()
    const pid = await postgresPid()
    expect(await server.end(signal)).toBe(0)
    expect(isAlive(pid)).toBe(false)
  })

  it('is forced by a second signal while a request will not end, and PostgreSQL goes all the same', async () => {
    const server = await ready()
    const pid = await postgresPid()
    const who = await demo()
    const socket = connect(Number(port), '127.0.0.1')
    socket.on('error', () => undefined)
    const head = `PUT /rest-api-v1/general-leads/1/status HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${who.token}`
    socket.write(`${head}\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{`)
    await new Promise((resolve) => setTimeout(resolve, 300))
    const first = server.end('SIGTERM')
    // Sooner would be the echo of the same wish, which npm and a terminal both pass on.
    await new Promise((resolve) => setTimeout(resolve, 1300))
    expect(isAlive(server.pid)).toBe(true)
    await server.end('SIGTERM')
    expect(await first).toBe(130)
    expect(isAlive(pid)).toBe(false)
    socket.destroy()
  })

  it('answers the requests that were running, each acknowledged change being there after the next start', async () => {
    const server = await ready({ RENOVATIONFIND_LIMITS: 'off' })
    const who = await demo()
    const leadId = await openLeadId(who)
    const report = (n: number) =>
      fetch(`${server.baseUrl}/rest-api-v1/general-leads/${leadId}/status`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${who.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ status: 'CONTACT_MADE', reason: `n${n}` }),
      }).then(
        (response) => response.status,
        () => 0,
      )
    expect(await report(0)).toBe(200)
    const reports = Promise.all(Array.from({ length: 50 }, (_, n) => report(n + 1)))
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(await server.end('SIGTERM')).toBe(0)
    const statuses = await reports
    expect(statuses.filter((status) => status !== 200 && status !== 0 && status !== 503)).toEqual([])
    const next = await ready()
    const detail = await fetch(`${next.baseUrl}/rest-api-v1/general-leads/${leadId}`, {
      headers: { authorization: `Bearer ${who.token}` },
    })
    const { data } = (await detail.json()) as { data: { postLeadStatusData: { reason: string } } }
    const last = Number(data.postLeadStatusData.reason.slice(1))
    expect(statuses.slice(last).filter((status) => status === 200)).toEqual([])
  })
})

describe('a start', () => {
  it('on a port in use ends with one clear sentence', async () => {
    await ready()
    const folder = path.join(dataDir, 'other')
    const second = start({ DATA_DIR: folder })
    expect(await second.ended()).toBe(1)
    expect(second.output()).toContain(`Another program already listens on 127.0.0.1:${port}; set PORT to a free one.`)
    expect(second.output()).not.toMatch(/\n\s+at /)
  })

  it('on a data folder in use ends with one clear sentence, and the first server goes on', async () => {
    const first = await ready()
    const second = start({ PORT: String(await freePort()) })
    expect(await second.ended()).toBe(1)
    expect(second.output()).toMatch(
      /Leadwright did not start\. Another Leadwright server \(process \d+\) uses DATA_DIR/,
    )
    expect((await fetch(`${first.baseUrl}/readyz`)).status).toBe(200)
  })

  it('with several wrong settings names all of them', async () => {
    const server = start({ PORT: '99999', DEMO: 'maybe', CONSTRUCTIONONLINE_LIMITS: 'hour', DATABASE_URL: 'mysql://x' })
    expect(await server.ended()).toBe(1)
    for (const name of ['PORT', 'DEMO', 'CONSTRUCTIONONLINE_LIMITS', 'DATABASE_URL'])
      expect(server.output()).toContain(name)
  })

  it('in a folder that cannot be a data folder ends with one clear sentence', async () => {
    await mkdir(path.join(dataDir, 'x'))
    const server = start({ DATA_DIR: path.join(import.meta.filename, 'below-a-file') })
    expect(await server.ended()).toBe(1)
    expect(server.output()).toMatch(/Leadwright did not start\. The data folder/)
  })

  it('after kill -9 adopts the PostgreSQL that was left running', async () => {
    const server = await ready()
    const pid = await postgresPid()
    const who = await demo()
    await server.end('SIGKILL')
    expect(isAlive(pid)).toBe(true)
    await ready()
    expect(await postgresPid()).toBe(pid)
    expect((await leads(who)).status).toBe(200)
  })

  it('again keeps the demo, the credentials and the rate windows', async () => {
    const limits = { CONSTRUCTIONONLINE_LIMITS: 'hour:3,day:100' }
    const server = await ready(limits)
    const who = await demo()
    expect([(await leads(who)).status, (await leads(who)).status]).toEqual([200, 200])
    await server.end('SIGTERM')
    port = String(await freePort())
    const next = await ready(limits)
    expect((await readDemo(dataDir)).baseUrl).toBe(next.baseUrl)
    expect(await demo()).toEqual(who)
    expect((await leads(who)).status).toBe(200)
    const refused = await leads(who)
    expect(refused.status).toBe(429)
    const wait = Number(refused.headers.get('retry-after'))
    expect(wait).toBeGreaterThan(3500)
    expect((await refused.json()) as unknown).toEqual({ Message: expect.stringMatching(`hour.*${wait} seconds`) })
  })
})

describe('while PostgreSQL is gone', () => {
  it('the server answers 503 in the face form, then recovers by itself', async () => {
    const server = await ready({ LOG_LEVEL: 'silent' })
    const who = await demo()
    await leads(who)
    process.kill(await postgresPid(), 'SIGKILL')
    const during = await leads(who)
    expect([200, 503]).toContain(during.status)
    if (during.status === 503) expect(await during.json()).toEqual({ Message: expect.any(String) })
    await new Promise((resolve) => setTimeout(resolve, 200))
    await untilReady(server)
    expect((await leads(who)).status).toBe(200)
  })
})
