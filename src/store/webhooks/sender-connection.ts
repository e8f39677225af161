import pg from 'pg'
import { type Connection, clientConfig, instantFromText } from '../database.ts'
import { converse, type Step } from '../lead-writer/conversation.ts'
import type { NamedStatement } from '../lead-writer/statements.ts'
import type { EndpointKey } from './endpoints.ts'
import * as leases from './leases.ts'
import type { DeliveryRow, HeldRow, LoggedAttempt, RowKey } from './queue.ts'
import * as queue from './queue.ts'

/**
 * What is lost with a crash of the store is told again under the same webhook-id, so commits wait for no disk. The
 * tables are empty one moment and full the next, which no statistics know: their plans are always those by index.
 */
const SETTINGS = [
  'synchronous_commit=off',
  'jit=off',
  'enable_seqscan=off',
  'lock_timeout=4s',
  'statement_timeout=8s',
  'idle_in_transaction_session_timeout=8s',
]
const SILENCE_MAX_MS = 12_000

/** How an endpoint is to be spoken to, and what it is to be told next. */
export interface Look {
  readonly url: string
  readonly perSecond: number | null
  readonly failingSince: string | null
  readonly secrets: readonly { readonly id: number; readonly sealed: Buffer }[]
  /** In the order in which they are sent; those of a lead that is held up are not among them. */
  readonly fresh: readonly DeliveryRow[]
  /** The highest id that was looked at. */
  readonly lastId: number
  /** There may be more behind it. */
  readonly isFull: boolean
  readonly due: readonly DeliveryRow[]
  /** When the next failed message is due; null when there is none. */
  readonly nextDueInMs: number | null
}

/** What came of some calls, and what must wait because of it. */
export interface Settlement {
  readonly attempts: readonly LoggedAttempt[]
  readonly done: readonly RowKey[]
  readonly held: readonly HeldRow[]
  /** Leads of which a waiting message is done. */
  readonly freed: readonly queue.LeadKey[]
  readonly health: readonly leases.HealthChange[]
}

export interface Settled {
  readonly promoted: readonly (EndpointKey & { readonly row: DeliveryRow })[]
  readonly disabled: readonly (EndpointKey & { readonly reason: string })[]
}

/**
 * The sender's own connection. Its statements run one after the other. Any fault ends it, and `onLost` is told: whoever
 * remembers what he read must read again, as the store may have forgotten its last moments.
 */
export class SenderConnection {
  readonly #connection: Connection
  readonly #onLost: () => void
  #client: Promise<pg.Client> | null = null
  #current: pg.Client | null = null
  #last: Promise<unknown> = Promise.resolve()

  constructor(connection: Connection, onLost: () => void) {
    this.#connection = connection
    this.#onLost = onLost
  }

  async claim(owner: string, companyIds: readonly number[] | null, limit: number): Promise<EndpointKey[]> {
    return (await this.#query<{ company_id: number; id: number }>(leases.claimEndpoints(owner, companyIds, limit))).map(
      toKey,
    )
  }

  /** Gives those that are still the owner's. */
  async renew(owner: string, keys: readonly EndpointKey[]): Promise<EndpointKey[]> {
    return (await this.#query<{ company_id: number; id: number }>(leases.renewLeases(owner, keys))).map(toKey)
  }

  async release(owner: string, keys: readonly EndpointKey[] | null): Promise<void> {
    await this.#query(leases.releaseLeases(owner, keys))
  }

  /** Gives the next leads above an id a turn that wait without one; `lastLeadId` is null when there are no more. */
  async promoteStranded(
    key: EndpointKey,
    leads: { afterLeadId: number; limit: number },
  ): Promise<{ lastLeadId: number | null; promoted: boolean }> {
    type Row = { last_lead_id: number | null; promoted: boolean }
    const [row] = await this.#query<Row>(queue.promoteStranded(key, leads))
    return { lastLeadId: row?.last_lead_id ?? null, promoted: row?.promoted ?? false }
  }

  /** null when the endpoint is disabled, gone, or another process's. */
  async look(
    key: EndpointKey,
    owner: string,
    { afterId, freshMax, dueMax }: { afterId: number; freshMax: number; dueMax: number },
  ): Promise<Look | null> {
    const seen: Seen = { owned: null, secrets: [], page: [], due: [], nextDueInMs: null }
    // One conversation: what `takeFresh` puts behind is there before any settlement that follows.
    const steps = lookSteps({ key, owner, afterId, freshMax, dueMax }, seen)
    await this.#guarded((client) => converse(client, steps.map(asText), () => []))
    const { owned, secrets, page, due, nextDueInMs } = seen
    if (owned === null) return null
    return {
      ...owned,
      secrets,
      fresh: page.filter(({ held }) => !held).map(({ row }) => row),
      lastId: page.at(-1)?.row.id ?? afterId,
      isFull: page.length === freshMax,
      due,
      nextDueInMs,
    }
  }

  /** Keeps what came of calls. What holds back is kept only for endpoints that are still the owner's. */
  async settle(owner: string, endpoints: readonly EndpointKey[], what: Settlement): Promise<Settled> {
    const mine = new Set<string>()
    const promoted: Settled['promoted'][number][] = []
    const disabled: Settled['disabled'][number][] = []
    const lock = {
      statement: leases.lockOwned(owner, endpoints),
      onRow: ([companyId, id]: Fields) => void mine.add(`${companyId}/${id}`),
    }
    const isMine = ({ companyId, endpointId }: EndpointKey) => mine.has(`${companyId}/${endpointId}`)
    await this.#guarded(async (client) => {
      await converse(client, [asText(lock)], () => [
        ...step(what.done, queue.deleteDeliveries),
        ...step(what.held.filter(isMine), queue.holdDeliveries),
        ...step(what.freed.filter(isMine), queue.promoteNext, (fields) => promoted.push(promotedOf(fields))),
        ...step(what.attempts, queue.insertAttempts),
        ...step(what.health.filter(isMine), leases.saveHealth, ([companyId, endpointId, reason]) => {
          if (reason !== null && reason !== undefined) {
            disabled.push({ companyId: Number(companyId), endpointId: Number(endpointId), reason })
          }
        }),
      ])
    })
    return { promoted, disabled }
  }

  async close(): Promise<void> {
    const client = this.#client
    this.#client = null
    await client?.then((open) => open.end()).catch(() => undefined)
  }

  #query<Row>({ name, text, values }: NamedStatement): Promise<Row[]> {
    return this.#guarded(async (client) => (await client.query({ name, text, values: [...(values ?? [])] })).rows)
  }

  /** One after the other, in the order of the calls. */
  #guarded<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const mine = this.#last.then(() => this.#carryOut(work))
    this.#last = mine.catch(() => undefined)
    return mine
  }

  async #carryOut<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    this.#client ??= this.#connect()
    const mine = this.#client
    try {
      return await work(await mine)
    } catch (error) {
      this.#drop(mine)
      throw error
    }
  }

  async #connect(): Promise<pg.Client> {
    const config = clientConfig(this.#connection, 'leadwright webhooks')
    const options = [config.options, ...SETTINGS.map((setting) => `-c ${setting}`)].join(' ')
    const client = new pg.Client({ ...config, options, query_timeout: SILENCE_MAX_MS })
    const lost = () => {
      if (this.#current === client && this.#client !== null) this.#drop(this.#client)
    }
    client.on('error', lost)
    client.on('end', lost)
    await client.connect()
    this.#current = client
    return client
  }

  #drop(broken: Promise<pg.Client>): void {
    if (broken !== this.#client) return
    this.#client = null
    this.#current = null
    // Ending a broken connection can itself fail, and nothing depends on it.
    broken.then((client) => client.end()).catch(() => undefined)
    this.#onLost()
  }
}

type Fields = readonly (string | null)[]

/** What a look has seen so far. */
interface Seen {
  owned: Pick<Look, 'url' | 'perSecond' | 'failingSince'> | null
  readonly secrets: Look['secrets'][number][]
  readonly page: { readonly row: DeliveryRow; readonly held: boolean }[]
  readonly due: DeliveryRow[]
  nextDueInMs: number | null
}

interface Question {
  readonly key: EndpointKey
  readonly owner: string
  readonly afterId: number
  readonly freshMax: number
  readonly dueMax: number
}

function lookSteps({ key, owner, afterId, freshMax, dueMax }: Question, seen: Seen): Step[] {
  return [
    {
      statement: leases.readOwned(key, owner),
      onRow: ([url, perSecond, since]) => {
        const failingSince = isNothing(since) ? null : instantFromText(since)
        seen.owned = { url: url ?? '', perSecond: isNothing(perSecond) ? null : Number(perSecond), failingSince }
      },
    },
    {
      statement: leases.readSecrets(key),
      onRow: ([id, sealed]) =>
        seen.secrets.push({ id: Number(id), sealed: Buffer.from((sealed ?? '').slice(2), 'hex') }),
    },
    {
      statement: queue.takeFresh(key, owner, { afterId, limit: freshMax }),
      onRow: (fields) => seen.page.push({ row: rowOf(fields), held: fields[7] === 't' }),
    },
    { statement: queue.findDue(key, dueMax), onRow: (fields) => seen.due.push(rowOf(fields)) },
    {
      statement: queue.findNextDue(key),
      onRow: ([ms]) => {
        seen.nextDueInMs = Number(ms)
      },
    },
  ]
}

function isNothing(field: string | null | undefined): field is null | undefined {
  return field === null || field === undefined
}

/** A row of the queue as PostgreSQL prints it. */
function rowOf([id, leadId, revision, event, at, attempts, waiting]: Fields): DeliveryRow {
  return {
    id: Number(id),
    leadId: Number(leadId),
    revision: Number(revision),
    event: event ?? '',
    at: instantFromText(at ?? ''),
    attempts: Number(attempts),
    waiting: waiting === 't',
  }
}

function toKey({ company_id: companyId, id: endpointId }: { company_id: number; id: number }): EndpointKey {
  return { companyId, endpointId }
}

function promotedOf([companyId, endpointId, ...fields]: Fields) {
  return { companyId: Number(companyId), endpointId: Number(endpointId), row: rowOf(fields) }
}

function step<T>(
  items: readonly T[],
  statement: (items: readonly T[]) => NamedStatement,
  onRow: (fields: Fields) => void = () => undefined,
) {
  return items.length === 0 ? [] : [{ statement: statement(items), onRow }]
}

/** A conversation sends values as they are. */
function asText({ statement, ...rest }: Step): Step {
  const values = (statement.values ?? []).map((value) => (typeof value === 'number' ? String(value) : value))
  return { ...rest, statement: { ...statement, values } }
}
