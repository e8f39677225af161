import { expect, onTestFinished } from 'vitest'
import { startServer as compose, type RunningServer } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import type { Database, Db } from '../../src/store/database.ts'
import { type Client, clientOf } from '../native/client.ts'
import { untilListed } from '../support/lists.ts'
import { startServer, type TestCompany, type TestServer } from '../support/server.ts'

export interface Told {
  readonly leadId: number
  readonly revision: number
}

/** A company whose offers wait for weeks, on a server whose store other servers can share. */
export interface Desk {
  readonly server: TestServer
  readonly db: Database
  readonly company: TestCompany
  readonly call: Client
  /** One more server process on the same store; a test that stops it sooner gets it closed only once. */
  another(): Promise<RunningServer>
  /** A lead that was accepted, with its due time far away. */
  lead(): Promise<number>
  report(leadId: number, body: Record<string, unknown>): Promise<void>
}

export async function openDesk(settings: Record<string, string> = {}): Promise<Desk> {
  const server = await startServer(settings)
  const open = new Set<RunningServer>()
  onTestFinished(async () => {
    for (const running of open) await running.close()
    await server.close()
  })
  const company = await server.company()
  const call = clientOf(server, company)
  await call('PATCH', '/company', { body: { offerAnswerHours: 1000 } })
  return {
    ...{ server, db: server.db, company, call },
    async another() {
      const config = readConfig({ PORT: '0', LOG_LEVEL: 'error', ...settings }, process.cwd())
      const running = await compose(config, server.db.connection, () => undefined)
      open.add(running)
      return {
        ...running,
        async close() {
          if (open.delete(running)) await running.close()
        },
      }
    },
    async lead() {
      const leadId = await server.offer(company.companyId)
      expect((await call('POST', `/leads/${leadId}/accept`)).status).toBe(200)
      return leadId
    },
    async report(leadId, body) {
      expect((await call('POST', `/leads/${leadId}/status`, { body })).status).toBe(200)
    },
  }
}

/** Moves a lead's due time to so many seconds from now, as a change of the lead would. */
export async function dueIn(db: Db, leadIds: readonly number[], seconds: number): Promise<void> {
  await db.query({
    text: `WITH moved AS (
        UPDATE lead SET action_due_at = date_trunc('milliseconds', clock_timestamp() + $2 * interval '1 second'),
          revision = revision + 1
        WHERE id = ANY ($1::bigint[]) RETURNING company_id, id, revision
      )
      INSERT INTO outbox (company_id, lead_id, revision, event, at, search)
      SELECT company_id, id, revision, 'lead.updated', now(), false FROM moved`,
    values: [leadIds, seconds],
  })
}

/** Every time that a lead was said to require action, in order, once nothing waits any more. */
export async function toldDue(db: Db): Promise<Told[]> {
  await untilListed(db)
  const rows = await db.query<{ line: string }>({
    text: `SELECT line FROM live_log CROSS JOIN LATERAL string_to_table(lines, E'\\n') WITH ORDINALITY AS one (line, place)
      WHERE line LIKE '%|lead.requires_action|%' ORDER BY id, place`,
  })
  return rows.map(({ line }) => {
    const [, leadId, revision] = line.split('|')
    return { leadId: Number(leadId), revision: Number(revision) }
  })
}

/** Waits for so many, and a little longer for one too many. */
export async function untilTold(db: Db, count: number): Promise<Told[]> {
  await expect.poll(async () => (await toldDue(db)).length, { timeout: 60_000 }).toBeGreaterThanOrEqual(count)
  await anotherLook(db)
  return toldDue(db)
}

/** Waits until the clock has looked once more for all that was due before, and what it found is told. */
export async function anotherLook(db: Db): Promise<void> {
  const until = new Date(Date.now() + 1).toISOString()
  await db.query({ text: 'UPDATE follow_up_clock SET next_look_at = now()' })
  const find = () => db.query({ text: 'SELECT 1 FROM follow_up_clock WHERE looked_until > $1', values: [until] })
  await expect.poll(async () => (await find()).length, { timeout: 60_000 }).toBe(1)
  await untilListed(db)
}
