import { answerValue, partsOf, reportOf } from '../../../core/sync/renovationfind-values.ts'
import type { SyncValue } from '../../../core/sync/shape.ts'
import { sha256 } from '../../../lib/sha256.ts'
import { shown } from '../../outbound/upstream-answer.ts'
import type {
  CallFault,
  ChangedPage,
  Connector,
  LinkedLead,
  Outcome,
  Pushed,
  UpstreamAnswer,
  UpstreamCall,
  UpstreamRequest,
} from '../connector.ts'
import { pageOf } from './changed-page.ts'
import { isObject, readChanged, readDetail, readRefusal } from './wire-in.ts'
import { declineBody, reportBody } from './wire-out.ts'

/** An answer that says success. */
type Said = UpstreamAnswer & { readonly json: Readonly<Record<string, unknown>> }

/** What it must say that it heeds before its numbers and its list of changes are relied on. */
const WRITE_GUARDS = ['idempotency-key', 'if-match']
const PAGE_LENGTH = 200
/** For leads of which so many are too much for one answer. */
const SHORT_PAGE_LENGTH = 5

/**
 * RenovationFind's vendor API. Documented are accepting, declining and reporting a status, and no way to read: so this
 * pushes, and takes over what the answers show. Where the service is a Leadwright it tells what changed there, too, and no
 * push goes over a change that was not seen. The detail of one lead is asked for where it can help, and nothing depends
 * on there being one.
 */
export function makeRenovationFindConnector({ token }: { readonly token: string }, call: UpstreamCall): Connector {
  const wire = new Wire(token, call)
  const push: Connector['push'] = async (upstreamId, { fields, key, revision = null }) => {
    let last: Pushed = { lead: null, revision }
    for (const [field, value] of Object.entries(fields)) {
      const pushed = await wire.push(upstreamId, { field, value, key: `${key}-${field}`, revision: last.revision })
      if (pushed.kind !== 'ok') return pushed
      last = pushed.value
    }
    return { kind: 'ok', value: last }
  }
  return {
    changes: (since, cursor) => wire.changes(since, cursor),
    read: (upstreamId) => wire.readNow(upstreamId),
    push,
    async hasArrived(upstreamId, sent) {
      // Without a number it would be carried out over whatever stands there.
      if (!wire.isGuarded || (sent.revision ?? null) === null) return null
      const pushed = await push(upstreamId, sent)
      const isNot = pushed.kind === 'stale' || pushed.kind === 'refused' || pushed.kind === 'missing'
      return isNot ? { kind: 'ok', value: null } : pushed
    },
    link: (upstreamId, accept) => (accept ? wire.accept(upstreamId) : wire.read(upstreamId)),
  }
}

interface FieldPush {
  readonly field: string
  readonly value: SyncValue
  readonly key: string
  /** The upstream's number of what was read last. */
  readonly revision: number | null
}

class Wire {
  /** Whether the service has told its changes, and so heeds what guards a write. */
  isGuarded = false
  readonly #token: string
  readonly #call: UpstreamCall
  /** False once it turned out that this service shows no single lead. */
  #showsLeads = true
  #pageLength = PAGE_LENGTH

  constructor(token: string, call: UpstreamCall) {
    this.#token = token
    this.#call = call
  }

  async changes(since: string, cursor: string | null): Promise<Outcome<ChangedPage | null>> {
    const query = new URLSearchParams({ modifiedSince: since, view: 'full', limit: String(this.#pageLength) })
    if (cursor !== null) query.set('cursor', cursor)
    const answer = await this.#ask({ method: 'GET', path: `/rest-api-v1/general-leads?${query}`, headers: {} })
    if (answer.kind === 'away' && answer.cause === 'too-large' && this.#pageLength > SHORT_PAGE_LENGTH) {
      this.#pageLength = SHORT_PAGE_LENGTH
      return this.changes(since, cursor)
    }
    if (answer.kind !== 'ok') return answer
    const page = isGuarding(answer.value) ? pageOf(answer.value) : null
    this.isGuarded = page !== null
    return { kind: 'ok', value: page }
  }

  /** A lead with its number, to be compared. */
  async readNow(upstreamId: string): Promise<Outcome<LinkedLead>> {
    const answer = await this.#ask({ method: 'GET', path: pathOf(upstreamId, ''), headers: {} })
    if (answer.kind !== 'ok') return answer
    const { json, revision } = answer.value
    const lead = isObject(json['data']) ? readChanged({ ...json['data'], revision }) : null
    return lead?.id === upstreamId ? { kind: 'ok', value: lead } : notUnderstood(WITHOUT_LEAD)
  }

  /** Sends one field; of an acceptance it gives the lead, as its answer shows the customer. */
  async push(upstreamId: string, push: FieldPush): Promise<Outcome<Pushed>> {
    const request = requestOf(upstreamId, push)
    if (request === null) return UNSAYABLE
    const isKnown = this.isGuarded && push.revision !== null
    const guard: Record<string, string> = isKnown ? { 'if-match': `"${push.revision}"` } : {}
    const answer = await this.#ask({ ...request, headers: { 'idempotency-key': keyOf(request, push.key), ...guard } })
    if (answer.kind === 'refused') return this.#withTheirs(upstreamId, answer)
    if (answer.kind !== 'ok') return answer
    const shown = request.path.endsWith('/accept') ? readDetail(answer.value.json['data'], upstreamId) : null
    // Without the guard nobody knows what else that number stands for.
    const revision = isKnown ? answer.value.revision : null
    return { kind: 'ok', value: { lead: shown === null ? null : { ...accepted(shown), revision }, revision } }
  }

  async accept(upstreamId: string): Promise<Outcome<LinkedLead>> {
    const request = { method: 'POST', path: pathOf(upstreamId, '/accept'), headers: {} } as const
    const answer = detailOf(await this.#ask(request), upstreamId)
    return answer.kind === 'ok' ? { kind: 'ok', value: accepted(answer.value) } : answer
  }

  /** Reads a lead where the service has an operation for it, which none documents. */
  async read(upstreamId: string): Promise<Outcome<LinkedLead>> {
    const answer = await this.#ask({ method: 'GET', path: pathOf(upstreamId, ''), headers: {} })
    if (answer.kind === 'refused' && answer.status === 405) return UNREADABLE
    return detailOf(answer, upstreamId)
  }

  /**
   * A refusal with what stands there, where it can be had: from its own answer, else by asking. A line that is down at
   * the moment of asking is a fault of the push: sent once more, it is refused again, and what stands there tells whether
   * that is a conflict.
   */
  async #withTheirs(upstreamId: string, { answer, ...refusal }: CallFault & { kind: 'refused' }): Promise<CallFault> {
    const told = readRefusal(answer, upstreamId)
    if (told !== null) return withLead(refusal, told)
    if (!this.#showsLeads) return refusal
    const shown = await this.read(upstreamId)
    if (shown.kind === 'ok') return withLead(refusal, shown.value)
    if (isPassing(shown)) return shown
    this.#showsLeads = shown.kind !== 'refused' && shown.kind !== 'missing'
    return refusal
  }

  /** The answer that says success; one that says otherwise, under whatever status, is a refusal. */
  async #ask(request: UpstreamRequest): Promise<Outcome<Said>> {
    const headers = { ...request.headers, authorization: `Bearer ${this.#token}` }
    const answer = await this.#call({ ...request, headers })
    if (answer.kind !== 'ok') return answer
    const { json, status } = answer.value
    if (isObject(json) && json['success'] === true) return { kind: 'ok', value: { ...answer.value, json } }
    if (isObject(json) && json['success'] === false) {
      const words = typeof json['error'] === 'string' ? json['error'] : 'It refuses, and does not say why.'
      return { kind: 'refused', status, text: shown(words.replaceAll(this.#token, '…')), answer: json }
    }
    return notUnderstood('It answered with JSON that is not in the form of RenovationFind.')
  }
}

function isGuarding({ guards }: Said): boolean {
  return WRITE_GUARDS.every((guard) => guards.includes(guard))
}

const WITHOUT_LEAD = 'It answered with success, and without the lead that was asked for.'
const UNSAYABLE: CallFault = {
  kind: 'refused',
  status: 0,
  text: 'RenovationFind has no way to be told this: a lead cannot go back to before its answer or its first report.',
}
const UNREADABLE: CallFault = {
  kind: 'refused',
  status: 405,
  text: 'This service shows a lead only when it is accepted: link it and accept it at once.',
}

function withLead(refusal: CallFault & { kind: 'refused' }, { fields, details, revision }: LinkedLead): CallFault {
  return { ...refusal, theirs: fields, details, revision }
}

/** Not what a service does for ever that knows no such operation; our own count may leave no room for ever. */
function isPassing(fault: CallFault): boolean {
  if (fault.kind === 'limited') return !fault.own
  return fault.kind === 'away' && (fault.cause === 'unreachable' || fault.cause === 'cut')
}

function notUnderstood(text: string): CallFault {
  return { kind: 'away', cause: 'not-understood', unsent: false, text }
}

/** Success of accepting means accepted, whatever word the service has for it. */
function accepted(lead: LinkedLead): LinkedLead {
  const action = answerValue({ action: 'ACCEPTED', declineReason: null })
  return { ...lead, fields: { ...lead.fields, action } }
}

function detailOf(answer: Outcome<Said>, upstreamId: string): Outcome<LinkedLead> {
  if (answer.kind !== 'ok') return answer
  const lead = readDetail(answer.value.json['data'], upstreamId)
  if (lead === null) return notUnderstood(WITHOUT_LEAD)
  return { kind: 'ok', value: { ...lead, revision: isGuarding(answer.value) ? answer.value.revision : null } }
}

/** Unknown to RenovationFind and no harm to it. Other installations with the same account must not meet in a key. */
function keyOf({ method, path, body = '' }: Omit<UpstreamRequest, 'headers'>, key: string): string {
  return sha256([key, method, path, body].join('\n')).toString('base64url')
}

/** The call that a value stands for; null when there is none. */
function requestOf(
  upstreamId: string,
  { field, value }: Pick<FieldPush, 'field' | 'value'>,
): Omit<UpstreamRequest, 'headers'> | null {
  if (field === 'status') {
    if (reportOf(value) === null) return null
    return { method: 'PUT', path: pathOf(upstreamId, '/status'), body: reportBody(value) }
  }
  switch (partsOf(value)?.['action']) {
    case 'ACCEPTED':
      return { method: 'POST', path: pathOf(upstreamId, '/accept') }
    case 'DECLINED':
      return { method: 'POST', path: pathOf(upstreamId, '/decline'), body: declineBody(value) }
    default:
      return null
  }
}

function pathOf(upstreamId: string, operation: string): string {
  return `/rest-api-v1/general-leads/${encodeURIComponent(upstreamId)}${operation}`
}
