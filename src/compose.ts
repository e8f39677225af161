import type { FastifyInstance } from 'fastify'
import { NO_MAIL } from './app/mail/mail.ts'
import type { Config } from './config.ts'
import { startDailyDigest } from './jobs/daily-digest.ts'
import { startFollowUpClock } from './jobs/follow-up-clock.ts'
import { startHouseKeeping } from './jobs/house-keeping.ts'
import { makeMailer } from './jobs/mailer.ts'
import { makeOutboxRelay } from './jobs/outbox-relay.ts'
import { makeSyncEngine } from './jobs/sync/engine.ts'
import { startWebhookSender } from './jobs/webhooks/sender.ts'
import { type Log, type OpenApp, openApp } from './open-app.ts'
import { openSecretBox } from './secret-box.ts'
import { buildServer } from './server.ts'
import type { Connection } from './store/database.ts'
import { watchUnusedConnections } from './unused-connections.ts'

export interface RunningServer extends OpenApp {
  readonly server: FastifyInstance
  readonly baseUrl: string
}

/**
 * Opens the app and listens; `close` drains running requests first, then the writer, then the connections. Who has
 * more to do before clients may come passes `isStarted`: until it gives true, /readyz answers 503.
 */
export async function startServer(
  config: Config,
  connection: Connection,
  log: Log,
  isStarted: () => boolean = () => true,
): Promise<RunningServer> {
  const warn = (message: string, fields: Record<string, unknown>) => log('warn', message, fields)
  const relay = makeOutboxRelay({ connection, log })
  const mailer = config.smtp === null ? null : makeMailer({ ...config.smtp, log: warn })
  const sync = makeSyncEngine({ allowPrivate: config.syncAllowPrivateAddresses, log: warn })
  const services = {
    feed: relay.feed,
    secrets: openSecretBox(config),
    mail: mailer ?? NO_MAIL,
    upstreams: sync.upstreams,
  }
  const opened = openApp(config, connection, log, services)
  try {
    await relay.start()
    const server = await buildServer(config, opened.app, isStarted)
    const unused = watchUnusedConnections(server.server)
    await server.listen({ host: config.host, port: config.port })
    const houseKeeping = startHouseKeeping(opened.app, warn)
    sync.start(opened.app)
    const webhooks = startWebhookSender({
      app: opened.app,
      connection,
      schedule: config.webhookRetrySchedule,
      allowPrivate: config.webhookAllowPrivateAddresses,
      log: warn,
    })
    const followUpClock = startFollowUpClock(opened.app, warn)
    const site = config.publicUrl
    const digest = mailer === null || site === null ? null : startDailyDigest(opened.app, { site, log: warn })
    return {
      app: opened.app,
      server,
      baseUrl: baseUrlOf(server, config),
      async close() {
        await drain(server, unused.close)
        await houseKeeping.stop()
        await sync.stop()
        await webhooks.stop()
        await followUpClock.stop()
        await digest?.stop()
        await mailer?.stop()
        await relay.stop()
        await opened.close()
      },
    }
  } catch (error) {
    await relay.stop()
    await opened.close()
    throw error
  }
}

const IDLE_CHECK_MS = 25

/**
 * Closes the server: running requests are answered first. A connection that falls idle after its last answer is let go
 * at once, as is one that was never used; its client would otherwise keep it, and us, until its time is over.
 */
async function drain(server: FastifyInstance, closeUnused: () => void): Promise<void> {
  const timer = setInterval(() => {
    server.server.closeIdleConnections()
    closeUnused()
  }, IDLE_CHECK_MS)
  try {
    await server.close()
  } finally {
    clearInterval(timer)
  }
}

function baseUrlOf(server: FastifyInstance, config: Config): string {
  const address = server.addresses()[0]
  const port = typeof address === 'object' ? address.port : config.port
  const host = config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host
  return `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`
}
