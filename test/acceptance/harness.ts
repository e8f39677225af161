import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { type IncomingHttpHeaders, request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { type ChildServer, freePort, spawnServer, untilReady } from '../support/child-server.ts'

const CLI = path.resolve(import.meta.dirname, '../../bin/leadwright')
const run = promisify(execFile)

/** What `bin/leadwright company add --json` prints. */
export interface Account {
  readonly company: { readonly id: number; readonly name: string }
  readonly email: string
  readonly password: string
  readonly token: string
  readonly apiKey: string
}

/** An installation used only from outside: its base URL and its command line. */
export interface Installation {
  readonly baseUrl: string
  cli<T>(args: readonly string[]): Promise<T>
  account(name: string): Promise<Account>
  /** Offers a lead; resolves to its id. */
  offer(account: Account, args?: readonly string[]): Promise<number>
  end(): Promise<void>
}

export async function install(settings: Record<string, string> = {}): Promise<Installation> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'leadwright-acceptance-'))
  const env = { DATA_DIR: dataDir, PORT: String(await freePort()), DEMO: 'false', ...settings }
  const server: ChildServer = spawnServer(env)
  await untilReady(server)
  const cli = async <T>(args: readonly string[]): Promise<T> => {
    const { stdout } = await run(CLI, [...args, '--json'], { env: { ...process.env, ...env }, cwd: tmpdir() })
    return JSON.parse(stdout) as T
  }
  return {
    baseUrl: server.baseUrl,
    cli,
    async account(name) {
      const email = `${name.toLowerCase().replace(/\W+/g, '-')}@example.com`
      const password = `päss ${name} wörd: long`
      const made = await cli<Omit<Account, 'password'>>([
        'company',
        'add',
        '--name',
        name,
        '--email',
        email,
        '--password',
        password,
      ])
      return { ...made, password }
    },
    async offer(account, args = []) {
      const customer = [
        '--first-name',
        'Greg',
        '--last-name',
        'Smith',
        '--email',
        'greg@example.com',
        '--phone',
        '4035550100',
      ]
      const place = [
        '--address',
        '1 Main St',
        '--city',
        'Calgary',
        '--state',
        'AB',
        '--zip',
        'T2P 1A1',
        '--category',
        'Roofing',
      ]
      const offered = await cli<{ id: number }>([
        'lead',
        'offer',
        '--company',
        String(account.company.id),
        ...customer,
        ...place,
        ...args,
      ])
      return offered.id
    },
    async end() {
      await server.end('SIGTERM')
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export interface RawAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  json<T = Record<string, unknown>>(): T
}

/** Sends exactly these headers and bytes; fetch would add and change some. */
export function send(
  baseUrl: string,
  {
    method,
    url,
    headers = {},
    body,
  }: { method: string; url: string; headers?: Record<string, string>; body?: Buffer | string },
): Promise<RawAnswer> {
  const bytes = body === undefined ? undefined : Buffer.from(body)
  const length: Record<string, string> = bytes === undefined ? {} : { 'content-length': String(bytes.length) }
  return new Promise((resolve, reject) => {
    const sent = request(new URL(url, baseUrl), { method, headers: { ...length, ...headers } }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('error', reject)
      answer.on('end', () => {
        const text = Buffer.concat(chunks)
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: text,
          json: <T>() => JSON.parse(text.toString()) as T,
        })
      })
    })
    sent.on('error', reject)
    sent.end(bytes)
  })
}

export function bearer(account: Account): Record<string, string> {
  return { authorization: `Bearer ${account.token}`, 'content-type': 'application/json' }
}

/** ConstructionOnline credentials; the e-mail and password encoded as the sample client encodes them. */
export function basic(account: Account, encoding: 'utf8' | 'latin1' = 'utf8'): Record<string, string> {
  const pair = Buffer.from(`${account.email}:${account.password}`, encoding)
  return { authorization: `Basic ${pair.toString('base64')}`, apikey: account.apiKey }
}

/** Runs a program and gives what it printed; null when the machine does not have it. */
export async function tryProgram(file: string, args: readonly string[]): Promise<string | null> {
  return run(file, [...args]).then(
    ({ stdout }) => stdout,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      throw error
    },
  )
}
