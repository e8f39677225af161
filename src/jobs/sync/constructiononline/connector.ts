import type { SyncFields } from '../../../core/sync/shape.ts'
import type { Connector, Outcome, Push, Pushed, UpstreamAnswer, UpstreamCall, UpstreamLead } from '../connector.ts'
import { type ReadLead, readRecord, writeRecord } from './record.ts'

export interface ConstructionOnlineAccount {
  readonly email: string
  readonly password: string
  readonly apiKey: string
}

/** What it must say that it heeds before a write is sent to it twice. */
const WRITE_GUARDS = ['idempotency-key', 'if-unmodified-since']

/** ConstructionOnline's Leads API: list, create and update are documented, and nothing else is used. */
export function makeConstructionOnlineConnector(account: ConstructionOnlineAccount, call: UpstreamCall): Connector {
  const wire = new Wire(account, call)
  return {
    pull: () => wire.pull(),
    push: async (upstreamId, push) => pushedOf(oneLead(await wire.update(upstreamId, push))),
    hasArrived: (upstreamId, push) => wire.hasArrived(upstreamId, push),
    create: async (fields, key) => oneLead(await wire.create(fields, key)),
  }
}

class Wire {
  readonly #call: UpstreamCall
  readonly #headers: Readonly<Record<string, string>>
  /** Known once something was read. */
  #isRepeatable = false

  constructor({ email, password, apiKey }: ConstructionOnlineAccount, call: UpstreamCall) {
    const credentials = Buffer.from(`${email}:${password}`, 'utf8').toString('base64')
    this.#headers = { accept: 'application/json', authorization: `Basic ${credentials}`, apikey: apiKey }
    this.#call = call
  }

  async pull(): Promise<Outcome<readonly UpstreamLead[]>> {
    const leads = new Map<string, ReadLead>()
    const each = (item: unknown, text: string) => {
      const read = readRecord(item, text)
      if (!read.ok) return read.fault
      if (leads.has(read.value.id)) return `The lead ${read.value.id} is listed twice.`
      leads.set(read.value.id, read.value)
      return null
    }
    const answer = await this.#call({ method: 'GET', path: '/api/Leads', headers: this.#headers, each })
    if (answer.kind !== 'ok') return answer
    this.#isRepeatable = WRITE_GUARDS.every((guard) => answer.value.guards.includes(guard))
    return { kind: 'ok', value: [...leads.values()].map((lead) => settled(lead, answer.value)) }
  }

  update(upstreamId: string, { fields, readAt, key }: Push): Promise<Outcome<UpstreamAnswer>> {
    const guards = readAt === null ? {} : { 'if-unmodified-since': new Date(readAt).toUTCString() }
    const path = `/api/Leads?id=${encodeURIComponent(upstreamId)}`
    return this.#write('PUT', path, { fields, headers: { ...guards, 'idempotency-key': key } })
  }

  create(fields: SyncFields, key: string): Promise<Outcome<UpstreamAnswer>> {
    return this.#write('POST', '/api/Leads', { fields, headers: { 'idempotency-key': key } })
  }

  /** The same write again is answered from the first one's memory, or refused as the lead has changed since. */
  async hasArrived(upstreamId: string, push: Push): Promise<Outcome<Pushed | null> | null> {
    if (!this.#isRepeatable || push.readAt === null) return null
    const answer = await this.update(upstreamId, push)
    if (answer.kind === 'stale' || answer.kind === 'refused') return { kind: 'ok', value: null }
    // It may be the stored answer of the first time, which shows nothing of today.
    return answer.kind === 'ok' ? { kind: 'ok', value: { lead: null, revision: null } } : answer
  }

  #write(
    method: 'POST' | 'PUT',
    path: string,
    { fields, headers }: { readonly fields: SyncFields; readonly headers: Readonly<Record<string, string>> },
  ): Promise<Outcome<UpstreamAnswer>> {
    const all = { ...this.#headers, ...headers, 'content-type': 'application/json' }
    return this.#call({ method, path, headers: all, body: writeRecord(fields) })
  }
}

/** A change that lies so far ahead of the upstream's own time was told by another clock. */
const CLOCKS_APART_SECONDS = 60

function pushedOf(outcome: Outcome<UpstreamLead>): Outcome<Pushed> {
  return outcome.kind === 'ok' ? { kind: 'ok', value: { lead: outcome.value, revision: null } } : outcome
}

function oneLead(answer: Outcome<UpstreamAnswer>): Outcome<UpstreamLead> {
  if (answer.kind !== 'ok') return answer
  const read = readRecord(answer.value.json, answer.value.text)
  if (read.ok) return { kind: 'ok', value: settled(read.value, answer.value) }
  return { kind: 'away', cause: 'not-understood', unsent: false, text: `The answer is not understood. ${read.fault}` }
}

/**
 * LMOD tells whole seconds. A lead that was read within its second of change, or as soon after it as a change may take to
 * be kept, may have changed again without LMOD showing it. Without a clock of the upstream, or with one that LMOD is not
 * told by, nothing can be known, and it is taken as it is.
 */
function settled(lead: ReadLead, { dateMs }: UpstreamAnswer): UpstreamLead {
  if (dateMs === null || lead.modifiedAt === null) return { ...lead, isSettled: true }
  const ageSeconds = Math.floor(dateMs / 1000) - Math.floor(Date.parse(lead.modifiedAt) / 1000)
  return { ...lead, isSettled: ageSeconds > 1 || ageSeconds < -CLOCKS_APART_SECONDS }
}
