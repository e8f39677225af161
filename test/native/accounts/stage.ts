import type { FastifyInstance } from 'fastify'
import type { App } from '../../../src/app/app.ts'
import { addUser } from '../../../src/app/credentials/add-user.ts'
import type { Message } from '../../../src/app/mail/mail.ts'
import { type Config, readConfig } from '../../../src/config.ts'
import { openSecretBox } from '../../../src/secret-box.ts'
import { buildServer } from '../../../src/server.ts'
import { type Harness, makeHarness, PASSWORD } from '../../credentials/harness.ts'
import { type Browser, type Login, signIn } from './browser.ts'

export interface StagedCompany extends Login {
  readonly companyId: number
  readonly userId: number
  readonly token: string
  readonly apiKey: string
}

/** Servers over one store, whose clock stands still until the test moves it. */
export interface Stage {
  readonly app: App
  readonly baseUrl: string
  pass(milliseconds: number): void
  /** Another server process on the same store, with its own memory. */
  otherServer(): Promise<string>
  /** A company with its admin. */
  company(): Promise<StagedCompany>
  /** Another user of a company, or an operator. */
  user(companyId: number | null, role: 'operator' | 'admin' | 'member'): Promise<Login & { userId: number }>
  signIn(login: Login): Promise<Browser>
  close(): Promise<void>
}

export const SECRET_KEY = 'a key of at least 32 characters for tests'

export async function openStage(settings: Record<string, string> = {}): Promise<Stage> {
  const config = readConfig({ PORT: '0', LOG_LEVEL: 'silent', DATA_DIR: '/nowhere', SECRET_KEY, ...settings }, '/')
  const harness = await makeHarness({ secrets: openSecretBox(config) })
  const servers: FastifyInstance[] = []
  let users = 0

  const baseUrl = await listen(config, harness.app, servers)
  return {
    app: harness.app,
    baseUrl,
    pass: harness.pass,
    otherServer: () => listen(config, harness.otherProcess(), servers),
    company: () => companyOf(harness),
    async user(companyId, role) {
      users += 1
      const email = `${role}${users}@elm.example`
      const added = await addUser(harness.app, { companyId, role, email, name: `User ${users}`, password: PASSWORD })
      return { email, password: PASSWORD, userId: added.id }
    },
    signIn: (login) => signIn(baseUrl, login),
    async close() {
      for (const server of servers) await server.close()
      await harness.close()
    },
  }
}

async function listen(config: Config, app: App, servers: FastifyInstance[]): Promise<string> {
  const server = await buildServer(config, app, () => true)
  servers.push(server)
  return server.listen({ host: '127.0.0.1', port: 0 })
}

async function companyOf(harness: Harness): Promise<StagedCompany> {
  const { company, userId, email, token, apiKey } = await harness.company()
  return { companyId: company.id, userId, email, password: PASSWORD, token, apiKey }
}

/** The link in a message. */
export function linkIn({ text }: Pick<Message, 'text'>): URL {
  const [link] = /https?:\/\/\S+/.exec(text) ?? []
  if (link === undefined) throw new Error(`No link in: ${text}`)
  return new URL(link)
}
