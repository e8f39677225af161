import { setTimeout as sleep } from 'node:timers/promises'
import { startServer } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import type { Connection } from '../../src/store/database.ts'
import { withClient } from './cluster.ts'
import { type Plan, plansOf, touchesGrowing } from './plan-text.ts'
import { type PathRequest, requestPath, send } from './request-path.ts'
import type { Credentials } from './requests.ts'
import type { Shape } from './shape.ts'
import { type SentStatement, StatementRecorder } from './statement-recorder.ts'

/** A statement, the first request that led to it, and how PostgreSQL carries it out. */
export interface PlannedStatement {
  readonly request: string
  readonly statement: SentStatement
  readonly plans: readonly Plan[]
}

/** Time for the relay to follow, so that its statements come right after the request that caused them. */
const RELAY_MS = 250
const LIMITS = 'off'

/**
 * Runs a server of the sources in this process, sends it every kind of request, and has PostgreSQL explain each statement
 * on the tables that grow. Throws when a request is not answered with success.
 */
export async function recordPlans(
  connection: Connection,
  shape: Shape,
  credentials: Credentials,
): Promise<PlannedStatement[]> {
  const recorder = new StatementRecorder()
  recorder.start()
  const settings = { PORT: '0', LOG_LEVEL: 'error', RENOVATIONFIND_LIMITS: LIMITS, CONSTRUCTIONONLINE_LIMITS: LIMITS }
  const running = await startServer(readConfig(settings, process.cwd()), connection, () => undefined)
  try {
    const sent = new Map<string, { request: string; statement: SentStatement }>()
    for (const request of requestPath(shape)) {
      await succeed(running.baseUrl, credentials, request)
      if (request.method !== 'GET') await sleep(RELAY_MS)
      for (const statement of recorder.take().filter(touchesGrowing)) {
        if (!sent.has(statement.text)) sent.set(statement.text, { request: titleOf(request), statement })
      }
    }
    recorder.stop()
    return await withClient(connection, async (client) => {
      const planned: PlannedStatement[] = []
      for (const one of sent.values()) planned.push({ ...one, plans: await plansOf(client, one.statement) })
      return planned
    })
  } finally {
    recorder.stop()
    await running.close()
  }
}

async function succeed(baseUrl: string, credentials: Credentials, request: PathRequest): Promise<void> {
  const { status, text } = await send(baseUrl, credentials, request)
  if (status < 200 || status > 299) throw new Error(`${titleOf(request)}: ${status} ${text}`)
}

/** The request with the ids of its leads left open, so that it reads the same on each store. */
function titleOf({ method, path }: PathRequest): string {
  return `${method} ${path.replace(/\d{7,}/g, '{id}')}`
}
