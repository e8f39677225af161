import type { App } from '../../src/app/app.ts'
import { type AddedCompany, addCompany } from '../../src/app/credentials/add-company.ts'
import { makeApp, type Services } from '../../src/app/make-app.ts'
import { type Refusal, RefusalError } from '../../src/core/errors.ts'
import { type Database, type Db, openDatabase, type Statement } from '../../src/store/database.ts'
import { makeLeadReader } from '../../src/store/lead-reader.ts'
import { makeLeadWriter } from '../../src/store/lead-writer/writer.ts'
import { freshDatabase } from '../support/database.ts'

export const PASSWORD = 'long enough for all'
export const START = Date.parse('2026-11-20T12:00:00Z')

export interface Harness {
  readonly app: App
  /** Names (or first words) of the statements since the last call. */
  statements(): string[]
  /** Moves the app's clock. */
  pass(milliseconds: number): void
  /** Another process on the same store and the same clock. */
  otherProcess(): App
  company(details?: { email?: string; password?: string }): Promise<AddedCompany>
  close(): Promise<void>
}

/** An app over a database of its own, with a clock that stands still until the test moves it. */
export async function makeHarness(services: Services = {}): Promise<Harness> {
  const { connection, drop } = await freshDatabase()
  const opened: App[] = []
  let seen: string[] = []
  let now = START
  let companies = 0

  function open(note: (statement: Statement) => void): App {
    const clock = () => new Date(now)
    const db = noting(openDatabase({ connection, poolMax: 4, onIdleError: () => undefined }), note)
    const writer = makeLeadWriter({ connection, lanes: 1, batchMax: 100, queueMax: 100, clock, log: () => undefined })
    const app = makeApp({ db, writer, reader: makeLeadReader(db), clock }, services)
    opened.push(app)
    return app
  }

  const app = open(({ name, text }) => seen.push(name ?? text.trim().split(/\s/).slice(0, 3).join(' ')))
  return {
    app,
    statements() {
      const names = seen
      seen = []
      return names
    },
    pass(milliseconds) {
      now += milliseconds
    },
    otherProcess: () => open(() => undefined),
    company({ email = `office${companies}@elm.example`, password = PASSWORD } = {}) {
      companies += 1
      return addCompany(app, { name: `Company ${companies}`, email, password, tokenDays: 30 })
    },
    async close() {
      for (const { db, writer } of opened) {
        await writer.close()
        await db.close()
      }
      await drop()
    },
  }
}

/** The real database, telling each statement that it runs. */
function noting(db: Database, note: (statement: Statement) => void): Database {
  const noted = <Of extends Db>(of: Of): Of => ({
    ...of,
    query: (statement) => {
      note(statement)
      return of.query(statement)
    },
    fields: (statement) => {
      note(statement)
      return of.fields(statement)
    },
  })
  return { ...noted(db), transaction: (work) => db.transaction((tx) => work(noted(tx))) }
}

/** The refusal of a promise; fails when it is kept. */
export async function refusalOf(promise: Promise<unknown>): Promise<Refusal> {
  const settled = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  if ('error' in settled && settled.error instanceof RefusalError) return settled.error.refusal
  throw new Error(`Expected a refusal, got ${JSON.stringify(settled)}`)
}

export function basic(email: string, password: string, encoding: BufferEncoding = 'utf8'): string {
  return `Basic ${Buffer.from(`${email}:${password}`, encoding).toString('base64')}`
}
