import type { AwayCause, CallFault, Outcome, UpstreamAnswer, UpstreamCall, UpstreamRequest } from '../sync/connector.ts'
import type { OutboundError, OutboundFault } from './errors.ts'
import { outboundError } from './errors.ts'
import type { OutboundAnswer, OutboundClient } from './http-client.ts'
import { ItemSink } from './item-sink.ts'
import { away, faultOf, isJson, named, readJson } from './upstream-answer.ts'

export interface UpstreamClientOptions {
  /** One for the process, so that the connections are shared. */
  readonly client: OutboundClient
  /** Origin of the service, without a slash at its end. */
  readonly baseUrl: string
  /** Ends the run. */
  readonly signal: AbortSignal
  readonly times?: UpstreamTimes
}

export interface UpstreamTimes {
  /** So long without a byte ends a call. */
  readonly silenceMs: number
  /** For a whole call, and for one that answers a list. */
  readonly callMs: number
  readonly listMs: number
}

const TIMES: UpstreamTimes = { silenceMs: 15_000, callMs: 30_000, listMs: 120_000 }
/** Of an answer that is read whole. */
const ANSWER_BYTES_MAX = 4_000_000

/**
 * JSON calls to a service that a user has named: bounded in time and size, without redirects, and whatever comes back is
 * one of a few outcomes. Rejects only when the run is given up.
 */
export function makeUpstreamCall({ client, baseUrl, signal, times = TIMES }: UpstreamClientOptions): UpstreamCall {
  return async (request) => {
    const sink = request.each === undefined ? null : new ItemSink(request.each)
    let answer: OutboundAnswer
    try {
      answer = await client.call({
        method: request.method,
        url: `${baseUrl}${request.path}`,
        headers: headersOf(request),
        ...(request.body === undefined ? {} : { body: request.body }),
        timeoutMs: sink === null ? times.callMs : times.listMs,
        silenceMs: times.silenceMs,
        bodyBytesMax: ANSWER_BYTES_MAX,
        signal,
        ...(sink === null ? {} : { sinkOf: (head) => (isUsable(head) ? (piece) => sink.take(piece) : null) }),
      })
    } catch (error) {
      signal.throwIfAborted()
      return brokenOff(outboundError(error), true)
    }
    signal.throwIfAborted()
    return withoutSecrets(outcomeOf(answer, sink), request)
  }
}

function headersOf({ headers, body }: UpstreamRequest): Record<string, string> {
  return {
    ...headers,
    accept: 'application/json',
    // What is packed could unpack to anything.
    'accept-encoding': 'identity',
    'user-agent': 'Leadwright',
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
}

/** Headers that say who we are. */
const SECRET_HEADERS = ['authorization', 'apikey']
const SECRET_LENGTH_MIN = 8

/** A service may put into its words what it was sent; what opens the account must not be shown to anybody. */
function withoutSecrets(outcome: Outcome<UpstreamAnswer>, { headers }: UpstreamRequest): Outcome<UpstreamAnswer> {
  if (outcome.kind === 'ok') return outcome
  const secrets = SECRET_HEADERS.flatMap((name) => headers[name]?.split(' ') ?? []).flatMap(withPassword)
  const long = secrets.filter((secret) => secret.length >= SECRET_LENGTH_MIN)
  return { ...outcome, text: long.reduce((text, secret) => text.replaceAll(secret, '…'), outcome.text) }
}

/** Basic credentials are known to the other side as what they encode. */
function withPassword(secret: string): string[] {
  const [, ...password] = Buffer.from(secret, 'base64').toString('utf8').split(':')
  return [secret, password.join(':')]
}

function isUsable({ status, headers }: Pick<OutboundAnswer, 'status' | 'headers'>): boolean {
  return status >= 200 && status < 300 && isJson(headers)
}

function outcomeOf(answer: OutboundAnswer, sink: ItemSink | null): Outcome<UpstreamAnswer> {
  const { status, headers } = answer
  if (status < 200 || status >= 300) return faultOf(answer, Date.now())
  if (!isJson(headers)) return away('wrong-type', `It answered with ${named(headers)} where JSON was expected.`)
  const dateMs = Date.parse(headers['date'] ?? '')
  const guards = (headers['x-write-guards'] ?? '').split(',').map((guard) => guard.trim().toLowerCase())
  const revision = revisionOf(headers['etag'])
  const facts = { status, dateMs: Number.isNaN(dateMs) ? null : dateMs, guards, revision }
  if (sink !== null) {
    // The sink's own fault is why the rest was not read.
    if (sink.fault !== null) return sink.fault
    if (answer.fault !== null) return brokenOff(answer.fault, false)
    return sink.end() ?? { kind: 'ok', value: { ...facts, json: null, text: '' } }
  }
  if (answer.fault !== null) return brokenOff(answer.fault, false)
  const read = readJson(answer.body)
  return read.kind === 'ok' ? { kind: 'ok', value: { ...facts, ...read.value } } : read
}

function revisionOf(etag: string | undefined): number | null {
  const [, digits] = /^"(\d{1,9})"$/.exec(etag?.trim() ?? '') ?? []
  return digits === undefined ? null : Number(digits)
}

/** Whether nothing of the request can have reached the service. */
const UNSENT: ReadonlySet<OutboundFault> = new Set<OutboundFault>([
  'address-refused',
  'name-not-found',
  'connection-refused',
  'certificate',
])
const CAUSES: { readonly [F in OutboundFault]: AwayCause } = {
  'address-refused': 'address-refused',
  'name-not-found': 'unreachable',
  'connection-refused': 'unreachable',
  unreachable: 'unreachable',
  certificate: 'unreachable',
  timeout: 'timeout',
  broken: 'cut',
  'too-long': 'too-large',
  aborted: 'cut',
}

function brokenOff(error: OutboundError, isBeforeAnswer: boolean): CallFault {
  return away(CAUSES[error.fault], error.message, isBeforeAnswer && UNSENT.has(error.fault))
}
