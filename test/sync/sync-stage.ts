import { expect, onTestFinished } from 'vitest'
import { OnlineClient } from '../constructiononline/client.ts'
import type { TestCompany, TestServer } from '../support/server.ts'
import { type Installation, install } from './installation.ts'
import { startProxy, type TcpProxy } from './tcp-proxy.ts'

export interface RunView {
  readonly id: number
  readonly endedAt: string | null
  readonly pulled: number
  readonly pushed: number
  readonly createdHere: number
  readonly createdThere: number
  readonly conflicts: number
  readonly gone: number
  readonly calls: number
  readonly error: { readonly code: string; readonly text: string } | null
}

export interface ConflictView {
  readonly id: number
  readonly leadId: number
  readonly field: string
  readonly kind: string
  readonly base: unknown
  readonly ours: unknown
  readonly theirs: unknown
  readonly detail: string | null
}

type Record_ = Readonly<Record<string, string | number | null>>

/** A that keeps in step with B, which it takes for ConstructionOnline. */
export class SyncStage {
  readonly a: Installation
  readonly b: Installation
  readonly line: TcpProxy
  readonly ours: OnlineClient
  readonly theirs: OnlineClient
  readonly company: TestCompany
  readonly upstream: TestCompany
  connectionId = 0

  constructor(a: Installation, b: Installation, line: TcpProxy, company: TestCompany, upstream: TestCompany) {
    this.a = a
    this.b = b
    this.line = line
    this.company = company
    this.upstream = upstream
    // A client asks for nothing of a server but where it is.
    this.ours = new OnlineClient(a as unknown as TestServer, company)
    this.theirs = new OnlineClient(b as unknown as TestServer, upstream)
  }

  /** A call to A's own API. */
  async native(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    const headers = { authorization: `Bearer ${this.company.token}`, 'content-type': 'application/json' }
    const init: RequestInit = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) }
    const response = await fetch(`${this.a.baseUrl}/v1${path}`, init)
    const text = await response.text()
    return { status: response.status, body: text === '' ? null : JSON.parse(text) }
  }

  async connect(settings: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const { email, password, apiKey } = this.upstream
    const answer = await this.native('POST', '/connections', {
      kind: 'constructiononline',
      baseUrl: this.line.baseUrl,
      credentials: { email, password, apiKey },
      intervalSeconds: 86_400,
      limits: 'off',
      pushNew: true,
      ...settings,
    })
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 201 })
    this.connectionId = (answer.body as { id: number }).id
  }

  async runs(): Promise<readonly RunView[]> {
    const { body } = await this.native('GET', `/connections/${this.connectionId}/runs`)
    return (body as { runs: RunView[] }).runs
  }

  /** Runs once, and gives what that did. */
  async run(): Promise<RunView> {
    const last = (await this.runs())[0]?.id ?? 0
    await this.native('POST', `/connections/${this.connectionId}/run`)
    return this.runAfter(last)
  }

  /** The first run after another one, once it has ended. */
  async runAfter(id: number): Promise<RunView> {
    return poll(async () => {
      const runs = (await this.runs()).filter((run) => run.id > id && run.endedAt !== null)
      return runs.at(-1) ?? null
    }, 'a run that ended')
  }

  /** Runs until nothing moves and nothing waits any more. */
  async settle(): Promise<void> {
    for (;;) {
      await this.told()
      const run = await this.run()
      expect(run.error).toBeNull()
      const moved = run.pulled + run.pushed + run.createdHere + run.createdThere
      await this.told()
      if (moved === 0 && (await this.dirty()) === 0) return
    }
  }

  /** Waits until what changed at A is known to whoever is told of changes. */
  async told(): Promise<void> {
    await poll(async () => {
      const rows = await this.a.db.query({ text: 'SELECT 1 FROM outbox LIMIT 1' })
      return rows.length === 0 ? true : null
    }, 'empty outbox')
  }

  /** Other rules for fields that both sides changed. */
  async rules(fieldRules: Readonly<Record<string, string>>): Promise<void> {
    await this.native('PATCH', `/connections/${this.connectionId}`, { fieldRules })
  }

  async close(): Promise<void> {
    await this.a.close()
    await this.line.close()
    await this.b.close()
  }

  async dirty(): Promise<number> {
    const [row] = await this.a.db.query<{ n: number }>({
      text: 'SELECT count(*) AS n FROM connection_lead WHERE dirty AND connection_id = $1',
      values: [this.connectionId],
    })
    return row?.n ?? 0
  }

  async conflicts(leadId?: unknown): Promise<readonly ConflictView[]> {
    const query = leadId === undefined ? '' : `?leadId=${leadId}`
    const { body } = await this.native('GET', `/conflicts${query}`)
    return (body as { conflicts: ConflictView[] }).conflicts
  }

  async settleConflict(id: number, choice: 'ours' | 'theirs'): Promise<{ status: number; body: unknown }> {
    return this.native('POST', `/conflicts/${id}/settle`, { choice })
  }

  /** Our lead that is linked to an upstream one. */
  async linked(upstreamId: unknown): Promise<Record_> {
    const [row] = await this.a.db.query<{ leadId: number }>({
      text: 'SELECT lead_id AS "leadId" FROM connection_lead WHERE upstream_id = $1 AND connection_id = $2',
      values: [String(upstreamId), this.connectionId],
    })
    if (row === undefined) throw new Error(`No lead is linked to ${upstreamId}.`)
    return this.ours.read(row.leadId)
  }

  async upstreamOf(leadId: unknown): Promise<Record_> {
    const [row] = await this.a.db.query<{ id: string }>({
      text: 'SELECT upstream_id AS id FROM connection_lead WHERE lead_id = $1 AND connection_id = $2',
      values: [leadId, this.connectionId],
    })
    if (row === undefined) throw new Error(`${leadId} is not linked.`)
    return this.theirs.read(row.id)
  }
}

/** What differs on either side by nature. */
export function comparable(record: Record_): Record_ {
  const { ID: _id, COMPANY_ID: _company, LMOD: _lmod, LEAD_CLOSED_DATE: _closed, ...rest } = record
  return rest
}

export async function poll<T>(look: () => Promise<T | null>, what: string, seconds = 20): Promise<T> {
  for (let tries = 0; tries < seconds * 10; tries += 1) {
    const found = await look()
    if (found !== null) return found
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`There was no ${what} in ${seconds} seconds.`)
}

export interface StageSettings {
  readonly a?: Readonly<Record<string, string>>
  readonly b?: Readonly<Record<string, string>>
}

/** Two installations with a line between them, not yet connected. */
export async function openStage(settings: StageSettings = {}): Promise<SyncStage> {
  const [a, b, line] = await Promise.all([install(settings.a), install(settings.b), startProxy()])
  line.target(b.baseUrl)
  return new SyncStage(a, b, line, await a.company(), await b.company())
}

/** The same, ended with its test. */
export async function syncStage(settings: StageSettings = {}): Promise<SyncStage> {
  const stage = await openStage(settings)
  onTestFinished(() => stage.close())
  return stage
}
