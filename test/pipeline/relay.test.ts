import { expect, it, onTestFinished } from 'vitest'
import { addCompany } from '../../src/app/credentials/add-company.ts'
import type { LiveChange } from '../../src/app/feed.ts'
import { acceptLead } from '../../src/app/leads/accept-lead.ts'
import { offerLead } from '../../src/app/leads/offer-lead.ts'
import { type RunningServer, startServer } from '../../src/compose.ts'
import { readConfig } from '../../src/config.ts'
import { type OpenApp, openApp } from '../../src/open-app.ts'
import type { Connection } from '../../src/store/database.ts'
import { INSERT_TOTALS, insertCardsText, insertSearchText } from '../../src/store/pipeline/projection-rebuild.ts'
import { freshDatabase } from '../support/database.ts'
import { listedRevision, untilListed } from '../support/lists.ts'
import { expectedLists, storedLists } from './oracle.ts'

const CONFIG = readConfig({ PORT: '0', LOG_LEVEL: 'fatal' }, process.cwd())
const RELAY_LOCK = 7_233_913

async function database(): Promise<Connection> {
  const { connection, drop } = await freshDatabase()
  onTestFinished(drop)
  return connection
}

async function serve(connection: Connection): Promise<RunningServer> {
  const running = await startServer(CONFIG, connection, () => undefined)
  onTestFinished(() => running.close())
  return running
}

/** An app without a relay, as a command has it. */
function command(connection: Connection): OpenApp {
  const opened = openApp(CONFIG, connection, () => undefined)
  onTestFinished(() => opened.close())
  return opened
}

async function newCompany({ app }: Pick<OpenApp, 'app'>): Promise<number> {
  const made = await addCompany(app, {
    name: 'Acme',
    email: 'a@example.com',
    password: 'long enough indeed',
    tokenDays: 1,
  })
  return made.company.id
}

async function offerAndAccept({ app }: Pick<OpenApp, 'app'>, companyId: number): Promise<number> {
  const { id } = await offerLead(app, { companyId, fields: { firstName: 'Jordan', value: 500 } })
  const actor = { kind: 'user', id: '1', name: 'Somebody', face: 'native' } as const
  await acceptLead(app, { companyId, actor }, id, {})
  return id
}

it('what was written while no server ran is listed at the next start, with every step between', async () => {
  const connection = await database()
  const cli = command(connection)
  const companyId = await newCompany(cli)
  await offerAndAccept(cli, companyId)
  expect((await storedLists(cli.app.db, companyId)).cards).toEqual([])
  await serve(connection)
  await untilListed(cli.app.db)
  const lists = await storedLists(cli.app.db, companyId)
  expect(lists).toEqual(await expectedLists(cli.app.db, companyId))
  // Less than a minute, at the first stage of the board.
  expect(lists.cards).toMatchObject([{ stage: 'New', stays: [16] }])
})

it('what a command writes while a server runs is listed soon', async () => {
  const connection = await database()
  const cli = command(connection)
  await serve(connection)
  const companyId = await newCompany(cli)
  const leadId = await offerAndAccept(cli, companyId)
  expect(await listedRevision(cli.app.db, leadId)).toBe(2)
})

it('after feed.settled lists show what the same process has written', async () => {
  const running = await serve(await database())
  const companyId = await newCompany(running)
  for (let n = 0; n < 20; n += 1) {
    const leadId = await offerAndAccept(running, companyId)
    await running.app.feed.settled(companyId)
    const text = 'SELECT revision FROM lead_card WHERE company_id = $1 AND lead_id = $2'
    expect(await running.app.db.query({ text, values: [companyId, leadId] })).toEqual([{ revision: 2 }])
  }
})

it('feed.settled waits for nobody for ever, and lists follow once they can', async () => {
  const connection = await database()
  const running = await serve(connection)
  const companyId = await newCompany(running)
  const leadId = await command(connection).app.db.transaction(async (tx) => {
    await tx.query({ text: 'SELECT pg_advisory_xact_lock($1)', values: [RELAY_LOCK] })
    const id = await offerAndAccept(running, companyId)
    await running.app.feed.settled(companyId)
    expect((await storedLists(running.app.db, companyId)).cards).toEqual([])
    return id
  })
  expect(await listedRevision(running.app.db, leadId)).toBe(2)
})

it('a row that does not say its stage is taken as where the lead stands, and quiet ones are told to nobody', async () => {
  const running = await serve(await database())
  const { db, feed } = running.app
  const companyId = await newCompany(running)
  const leadId = await offerAndAccept(running, companyId)
  await untilListed(db)
  const heard: LiveChange[] = []
  feed.subscribe(companyId, { changed: (change) => heard.push(change), missed: () => undefined })
  await db.query({ text: "UPDATE lead SET status = 'QUOTE_SENT', revision = 4 WHERE id = $1", values: [leadId] })
  const insert = `INSERT INTO outbox (company_id, lead_id, revision, event, at, quiet) VALUES
    ($1, $2, 3, 'lead.updated', now(), $3)`
  await db.query({ text: insert, values: [companyId, leadId, true] })
  await untilListed(db)
  await db.query({ text: insert.replace(', 3,', ', 4,'), values: [companyId, leadId, false] })
  await untilListed(db)
  expect((await storedLists(db, companyId)).cards).toMatchObject([{ revision: 4, stage: 'Estimate' }])
  const last = { leadId, revision: 4, stage: 'Estimate', previousStage: 'Estimate' }
  while (heard.at(-1)?.revision !== 4) await new Promise((resolve) => setTimeout(resolve, 10))
  expect(heard.at(-1)).toMatchObject(last)
  expect(heard.filter(({ revision }) => revision === 3)).toEqual([])
})

it('goes on when its connections break, and says that something may have been missed', async () => {
  const running = await serve(await database())
  const { db, feed } = running.app
  const companyId = await newCompany(running)
  const missed = new Promise<void>((resolve) => {
    feed.subscribe(companyId, { changed: () => undefined, missed: resolve })
  })
  await db.query({
    text: `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND application_name IN ('leadwright relay', 'leadwright live')`,
  })
  const leadId = await offerAndAccept(running, companyId)
  expect(await listedRevision(db, leadId)).toBe(2)
  await missed
})

it('lists made from the leads alone are those that the relay kept', async () => {
  const running = await serve(await database())
  const { db } = running.app
  const companyId = await newCompany(running)
  for (let n = 0; n < 5; n += 1) await offerAndAccept(running, companyId)
  await offerLead(running.app, { companyId, fields: { firstName: 'Hidden', category: 'Roof' } })
  await untilListed(db)
  const kept = await storedLists(db, companyId)
  await db.query({ text: 'TRUNCATE lead_card, lead_search, stage_total' })
  const where = 'lead.company_id = $1'
  for (const text of [insertCardsText(where), insertSearchText(where)]) {
    await db.query({ text, values: [companyId] })
  }
  await db.query({ text: INSERT_TOTALS })
  // How long a lead stood where it was before, it does not know itself.
  expect(await storedLists(db, companyId)).toEqual({
    ...kept,
    cards: kept.cards.map((card) => ({ ...card, stays: [] })),
  })
})

it('/metrics tells how far lists are behind', async () => {
  const running = await serve(await database())
  const companyId = await newCompany(running)
  await offerAndAccept(running, companyId)
  await untilListed(running.app.db)
  const text = await (await fetch(`${running.baseUrl}/metrics`)).text()
  expect(text).toMatch(/^leadwright_outbox_rows 0$/m)
  expect(text).toMatch(/^leadwright_outbox_oldest_seconds 0$/m)
  expect(text).toMatch(/^leadwright_relay_pass_rows_sum 2$/m)
})
