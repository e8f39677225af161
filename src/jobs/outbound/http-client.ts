import type { LookupAddress } from 'node:dns'
import { lookup as resolve } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'
import { Agent, type Dispatcher, request } from 'undici'
import { addressOfHost, isPublicAddress } from '../../lib/public-address.ts'
import { OutboundError, outboundError } from './errors.ts'

export interface OutboundOptions {
  /** Calls may go to this machine and to private networks, too. */
  readonly allowPrivate: boolean
}

export interface OutboundCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** http: or https:. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** For everything: name, connection, answer and its body. */
  readonly timeoutMs: number
  /** Of the answer's body; what follows is not read. */
  readonly bodyBytesMax: number
  /** Ends the call early. */
  readonly signal?: AbortSignal
  /** So long without a byte is the end as well. */
  readonly silenceMs?: number
  /** Looks at the head of the answer: what it gives takes the body piece by piece in place of `body`, null leaves it. */
  readonly sinkOf?: (head: OutboundHead) => Sink | null
}

export type OutboundHead = Pick<OutboundAnswer, 'status' | 'headers'>
/** Takes the next piece of a body, and counts for itself; false when nothing more is wanted. Never throws. */
export type Sink = (piece: Buffer) => boolean

export interface OutboundAnswer {
  readonly status: number
  /** Names in lower case; of a header that came more than once, the first. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** Why the body is not whole; null when it is. */
  readonly fault: OutboundError | null
}

/** The only way out to hosts that a user has named. */
export interface OutboundClient {
  /** Resolves to whatever was answered, redirects included, which are not followed; throws OutboundError else. */
  call(call: OutboundCall): Promise<OutboundAnswer>
  /** Lets all connections go; calls under way end with an error. */
  close(): Promise<void>
}

export function makeOutboundClient({ allowPrivate }: OutboundOptions): OutboundClient {
  const agent = new Agent({
    allowH2: false,
    pipelining: 1,
    // The call's own time limit is the one that counts.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: 0, lookup: makeLookup(allowPrivate ? () => true : isPublicAddress) },
  })
  return {
    async call(call) {
      // A literal address is never looked up, so it is judged here.
      const literal = addressOfHost(new URL(call.url).hostname)
      if (!allowPrivate && literal !== null && !isPublicAddress(literal)) throw new OutboundError('address-refused')
      return limited(call, (limits) => carryOut(agent, call, limits))
    },
    close: () => agent.destroy(),
  }
}

/**
 * Judges what a name leads to at the moment of the connection, so that it cannot be changed in between. Connections to one
 * host share a look-up while it is under way: a process makes two at a time, and that of a dead name takes long.
 */
function makeLookup(isAllowed: (address: string) => boolean): LookupFunction {
  const underWay = new Map<string, Promise<LookupAddress[]>>()
  return (hostname, options, callback) => {
    const name = `${hostname} ${options.family ?? 0}`
    const looking = underWay.get(name) ?? resolve(hostname, { ...options, all: true })
    underWay.set(name, looking)
    const answer = (addresses: readonly LookupAddress[]) => {
      const allowed = addresses.filter(({ address }) => isAllowed(address))
      const [first] = allowed
      if (first === undefined) return callback(new OutboundError('address-refused'), '', 4)
      if (options.all === true) return callback(null, allowed)
      return callback(null, first.address, first.family)
    }
    looking.finally(() => underWay.delete(name)).then(answer, (error) => callback(error, '', 4))
  }
}

/** What ends a call before its time, and what tells that it is alive. */
interface Limits {
  readonly signal: AbortSignal
  readonly heard: () => void
}

async function limited(
  { timeoutMs, silenceMs = timeoutMs, signal }: OutboundCall,
  work: (limits: Limits) => Promise<OutboundAnswer>,
): Promise<OutboundAnswer> {
  const ending = new AbortController()
  const end = () => ending.abort(new OutboundError('timeout'))
  const timer = setTimeout(end, timeoutMs)
  const silence = setTimeout(end, silenceMs)
  const giveUp = () => ending.abort(new OutboundError('aborted'))
  if (signal?.aborted === true) giveUp()
  signal?.addEventListener('abort', giveUp)
  try {
    return await work({ signal: ending.signal, heard: () => silence.refresh() })
  } catch (error) {
    throw outboundError(ending.signal.aborted ? ending.signal.reason : error)
  } finally {
    clearTimeout(timer)
    clearTimeout(silence)
    signal?.removeEventListener('abort', giveUp)
  }
}

async function carryOut(agent: Agent, call: OutboundCall, limits: Limits): Promise<OutboundAnswer> {
  const { method, url, headers, body } = call
  const { signal } = limits
  const answer = await request(url, { dispatcher: agent, method, headers, body: body ?? null, signal })
  const head = { status: answer.statusCode, headers: plainHeaders(answer.headers) }
  const sink = call.sinkOf?.(head) ?? null
  const pieces: Buffer[] = []
  const fault = await readBody(answer.body, limits, sink ?? gather(pieces, call.bodyBytesMax))
  return { ...head, body: Buffer.concat(pieces).subarray(0, call.bodyBytesMax), ...fault }
}

/** Keeps pieces until there are more bytes than allowed. */
function gather(pieces: Buffer[], bytesMax: number): Sink {
  let bytes = 0
  return (piece) => {
    pieces.push(piece)
    bytes += piece.length
    return bytes <= bytesMax
  }
}

async function readBody(
  body: Dispatcher.ResponseData['body'],
  { signal, heard }: Limits,
  take: Sink,
): Promise<Pick<OutboundAnswer, 'fault'>> {
  heard()
  try {
    for await (const piece of body as AsyncIterable<Buffer>) {
      heard()
      // Leaving the loop ends the connection, which is cheaper than reading on.
      if (!take(piece)) return { fault: new OutboundError('too-long') }
    }
    return { fault: null }
  } catch (error) {
    return { fault: outboundError(signal.aborted ? signal.reason : error) }
  }
}

function plainHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const plain: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    const first = Array.isArray(value) ? value[0] : value
    if (first !== undefined) plain[name] = first
  }
  return plain
}
