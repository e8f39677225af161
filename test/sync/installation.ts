import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { addCompany } from '../../src/app/credentials/add-company.ts'
import { type RunningServer, startServer } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import type { Database } from '../../src/store/database.ts'
import { freshDatabase } from '../support/database.ts'
import type { TestCompany } from '../support/server.ts'

/** A server with a store of its own that can be stopped and started again. */
export interface Installation {
  readonly baseUrl: string
  readonly db: Database
  company(): Promise<TestCompany>
  restart(): Promise<void>
  close(): Promise<void>
}

/** `settings` are environment variables. */
export async function install(settings: Readonly<Record<string, string>> = {}): Promise<Installation> {
  const database = await freshDatabase()
  const dataDir = await mkdtemp(path.join(tmpdir(), 'leadwright-sync-'))
  const env = {
    PORT: '0',
    LOG_LEVEL: 'error',
    DATA_DIR: dataDir,
    CONSTRUCTIONONLINE_LIMITS: 'off',
    RENOVATIONFIND_LIMITS: 'off',
    SYNC_ALLOW_PRIVATE_ADDRESSES: 'true',
    ...settings,
  }
  const start = () => startServer(readConfig(env, process.cwd()), database.connection, () => undefined)
  let running: RunningServer = await start()
  return {
    get baseUrl() {
      return running.baseUrl
    },
    get db() {
      return running.app.db
    },
    async company() {
      const unique = randomBytes(6).toString('hex')
      const email = `office-${unique}@example.com`
      const password = `long enough ${unique}`
      const made = await addCompany(running.app, { name: `Company ${unique}`, email, password, tokenDays: 30 })
      return { companyId: made.company.id, email, password, token: made.token, apiKey: made.apiKey }
    },
    async restart() {
      await running.close()
      running = await start()
    },
    async close() {
      await running.close()
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
