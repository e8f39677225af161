import { answerValue, partsOf, reportOf } from '../../../core/sync/renovationfind-values.ts'
import type { SyncValue } from '../../../core/sync/shape.ts'
import { sha256 } from '../../../lib/sha256.ts'
import { shown } from '../../outbound/upstream-answer.ts'
import type { CallFault, Connector, LinkedLead, Outcome, UpstreamCall, UpstreamRequest } from '../connector.ts'
import { isObject, readDetail, readRefusal } from './wire-in.ts'
import { declineBody, reportBody } from './wire-out.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * RenovationFind's vendor API. Documented are accepting, declining and reporting a status, and no way to read: so this
 * pushes, and takes over what the answers show. The detail of one lead is asked for where it can help, and nothing
 * depends on there being one.
 */
export function makeRenovationFindConnector({ token }: { readonly token: string }, call: UpstreamCall): Connector {
  const wire = new Wire(token, call)
  return {
    async push(upstreamId, { fields, key }) {
      let last: Outcome<LinkedLead | null> = { kind: 'ok', value: null }
      for (const [field, value] of Object.entries(fields)) {
        last = await wire.push(upstreamId, { field, value, key: `${key}-${field}` })
        if (last.kind !== 'ok') return last
      }
      return last
    },
    link: (upstreamId, accept) => (accept ? wire.accept(upstreamId) : wire.read(upstreamId)),
  }
}

interface FieldPush {
  readonly field: string
  readonly value: SyncValue
  readonly key: string
}

class Wire {
  readonly #token: string
  readonly #call: UpstreamCall
  /** False once it turned out that this service shows no single lead. */
  #showsLeads = true

  constructor(token: string, call: UpstreamCall) {
    this.#token = token
    this.#call = call
  }

  /** Sends one field; of an acceptance it gives the lead, as its answer shows the customer. */
  async push(upstreamId: string, push: FieldPush): Promise<Outcome<LinkedLead | null>> {
    const request = requestOf(upstreamId, push)
    if (request === null) return UNSAYABLE
    const answer = await this.#ask({ ...request, headers: { 'idempotency-key': keyOf(request, push.key) } })
    if (answer.kind === 'refused') return this.#withTheirs(upstreamId, answer)
    if (answer.kind !== 'ok') return answer
    const shown = request.path.endsWith('/accept') ? readDetail(answer.value['data'], upstreamId) : null
    return { kind: 'ok', value: shown === null ? null : accepted(shown) }
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

  /** The object of an answer that says success; one that says otherwise, under whatever status, is a refusal. */
  async #ask(request: UpstreamRequest): Promise<Outcome<Json>> {
    const headers = { ...request.headers, authorization: `Bearer ${this.#token}` }
    const answer = await this.#call({ ...request, headers })
    if (answer.kind !== 'ok') return answer
    const { json, status } = answer.value
    if (isObject(json) && json['success'] === true) return { kind: 'ok', value: json }
    if (isObject(json) && json['success'] === false) {
      const words = typeof json['error'] === 'string' ? json['error'] : 'It refuses, and does not say why.'
      return { kind: 'refused', status, text: shown(words.replaceAll(this.#token, '…')), answer: json }
    }
    return notUnderstood('It answered with JSON that is not in the form of RenovationFind.')
  }
}

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

function withLead(refusal: CallFault & { kind: 'refused' }, { fields, details }: LinkedLead): CallFault {
  return { ...refusal, theirs: fields, details }
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

function detailOf(answer: Outcome<Json>, upstreamId: string): Outcome<LinkedLead> {
  if (answer.kind !== 'ok') return answer
  const lead = readDetail(answer.value['data'], upstreamId)
  if (lead !== null) return { kind: 'ok', value: lead }
  return notUnderstood('It answered with success, and without the lead that was asked for.')
}

/** Unknown to RenovationFind and no harm to it. Other installations with the same account must not meet in a key. */
function keyOf({ method, path, body = '' }: Omit<UpstreamRequest, 'headers'>, key: string): string {
  return sha256([key, method, path, body].join('\n')).toString('base64url')
}

/** The call that a value stands for; null when there is none. */
function requestOf(upstreamId: string, { field, value }: FieldPush): Omit<UpstreamRequest, 'headers'> | null {
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
