import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { type OpenApp, openApp } from '../../src/open-app.ts'
import type { Connection } from '../../src/store/database.ts'
import { type ChildServer, freePort, spawnServer, untilReady } from './child-server.ts'
import { freshDatabase } from './database.ts'

/** Several start side by side, perhaps on a machine that is busy with other tests. */
const READY_WITHIN_MS = 90_000

/** One PostgreSQL that several server processes share, as a larger installation has it. */
export interface SharedStore {
  /** What a command would work with. */
  readonly app: OpenApp['app']
  /** A server process of its own, ready. */
  serve(settings?: Record<string, string>): Promise<ChildServer>
}

export async function openSharedStore(): Promise<SharedStore> {
  const { connection, drop } = await freshDatabase()
  const dataDir = await mkdtemp(path.join(tmpdir(), 'leadwright-shared-'))
  const config = readConfig({ LOG_LEVEL: 'fatal', DATA_DIR: dataDir }, process.cwd())
  const opened = openApp(config, connection, () => undefined)
  const running: ChildServer[] = []
  onTestFinished(async () => {
    await Promise.all(running.map((server) => server.end('SIGKILL')))
    await opened.close()
    await drop()
    await rm(dataDir, { recursive: true, force: true })
  })
  return {
    app: opened.app,
    async serve(settings = {}) {
      const server = spawnServer({
        ...{ PORT: String(await freePort()), DATA_DIR: dataDir, DATABASE_URL: urlOf(connection), DEMO: 'false' },
        ...{ SECRET_KEY: 'a key of at least 32 characters for tests', RENOVATIONFIND_LIMITS: 'off' },
        ...settings,
      })
      running.push(server)
      await untilReady(server, READY_WITHIN_MS)
      return server
    },
  }
}

/** A host may be a folder with a socket in it. */
function urlOf(connection: Connection): string {
  if ('connectionString' in connection) return connection.connectionString
  const { host, port, user, password, database } = connection
  const place = new URLSearchParams({ host, port: String(port) })
  return `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@/${database}?${place}`
}
