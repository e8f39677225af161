import { retryAfterSeconds } from '../../lib/retry-after.ts'
import { parseStrictJson } from '../../lib/strict-json.ts'
import type { AwayCause, CallFault, Outcome } from '../sync/connector.ts'
import type { OutboundAnswer } from './http-client.ts'

type Headers = OutboundAnswer['headers']

/** Where an upstream says 429 and not for how long. */
const LIMITED_SECONDS = 60
const TEXT_LENGTH_MAX = 500
const BLANKS = /[\s\p{Cc}\p{Cf}]+/gu

export function away(cause: AwayCause, text: string, unsent = false): Extract<CallFault, { kind: 'away' }> {
  return { kind: 'away', cause, unsent, text }
}

/** Whether the answer says that it is JSON, in UTF-8 and not packed. */
export function isJson(headers: Headers): boolean {
  const [type = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';')
  const charset = parameters.map((part) => part.trim()).find((part) => part.startsWith('charset='))
  const packed = headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  return (
    /^(application|text)\/([\w.-]+\+)?json$/.test(type.trim()) &&
    (charset === undefined || /^charset="?(utf-?8|us-ascii)"?$/.test(charset)) &&
    packed === 'identity'
  )
}

/** What the answer says that it is, for people. */
export function named(headers: Headers): string {
  const packed = headers['content-encoding']
  if (packed !== undefined && packed.trim().toLowerCase() !== 'identity') return `packed content (${shown(packed, 50)})`
  const type = headers['content-type']
  return type === undefined || type.trim() === '' ? 'content of no stated type' : shown(type, 100)
}

/** The JSON of a whole body. */
export function readJson(body: Buffer): Outcome<{ readonly json: unknown; readonly text: string }> {
  const text = decode(body)
  if (text === null) return away('not-json', 'It answered with bytes that are not UTF-8.')
  const parsed = parseStrictJson(text)
  if (parsed.ok) return { kind: 'ok', value: { json: parsed.value, text } }
  return away('not-json', 'It answered with a text that is not the JSON that it says it is.')
}

/** What an answer other than 2xx means. */
export function faultOf({ status, headers, body }: OutboundAnswer, nowMs: number): CallFault {
  if (status === 401 || status === 403) {
    return { kind: 'unauthorised', text: `It does not take the credentials (${told(status, headers, body)}).` }
  }
  if (status === 429) {
    const seconds = retryAfterSeconds(headers['retry-after'], nowMs) ?? LIMITED_SECONDS
    const text = `It takes no more calls at the moment; the next one in ${seconds} seconds.`
    return { kind: 'limited', retryAfterSeconds: seconds, own: false, text }
  }
  if (status < 400) return away('redirect', `It answered with a redirect (${status}), which is not followed.`)
  if (status >= 500 || status === 408) {
    const fault = away('server-error', `It answered with the error ${told(status, headers, body)}.`)
    const seconds = retryAfterSeconds(headers['retry-after'], nowMs)
    return seconds === null ? fault : { ...fault, retryAfterSeconds: seconds }
  }
  if (status === 404 || status === 410) {
    const isOwn = isJson(headers) || body.length === 0
    if (isOwn) return { kind: 'missing', text: `It does not know that (${told(status, headers, body)}).` }
    return away('wrong-type', `It answered with the error ${status} and ${named(headers)}: the address may be wrong.`)
  }
  if (status === 412) return { kind: 'stale', text: `It has changed there meanwhile (${told(status, headers, body)}).` }
  const text = wordsOf(headers, body) ?? `It refuses with ${status}, and does not say why.`
  const answer = objectOf(headers, body)
  return { kind: 'refused', status, text, ...(answer === null ? {} : { answer }) }
}

function told(status: number, headers: Headers, body: Buffer): string {
  const words = wordsOf(headers, body)
  return words === null ? String(status) : `${status}: ${words.replace(/\.$/, '')}`
}

/** Where services put the sentence of an error. */
const WORD_FIELDS = ['error', 'Message', 'message', 'detail', 'title', 'error_description']

/** The service's own words about an error; null when it has none in JSON. */
function wordsOf(headers: Headers, body: Buffer): string | null {
  const json = jsonOf(headers, body)
  const words = typeof json === 'object' && json !== null ? firstText(json as Record<string, unknown>) : json
  if (typeof words !== 'string') return null
  const text = shown(words, TEXT_LENGTH_MAX)
  return text === '' ? null : text
}

function objectOf(headers: Headers, body: Buffer): Readonly<Record<string, unknown>> | null {
  const json = jsonOf(headers, body)
  const isObject = typeof json === 'object' && json !== null && !Array.isArray(json)
  return isObject ? (json as Record<string, unknown>) : null
}

/** The JSON of an error; null when it is none. */
function jsonOf(headers: Headers, body: Buffer): unknown {
  if (!isJson(headers)) return null
  const read = readJson(body)
  return read.kind === 'ok' ? read.value.json : null
}

function firstText(object: Readonly<Record<string, unknown>>): unknown {
  return WORD_FIELDS.map((field) => object[field]).find((value) => typeof value === 'string' && value.trim() !== '')
}

/** A text from outside, fit to be stored and shown on one line. */
export function shown(text: string, lengthMax = TEXT_LENGTH_MAX): string {
  const line = text.toWellFormed().replace(BLANKS, ' ').trim()
  const characters = [...line.slice(0, lengthMax * 2)]
  return characters.length > lengthMax ? `${characters.slice(0, lengthMax - 1).join('')}…` : line
}

const UTF8 = new TextDecoder('utf-8', { fatal: true })

function decode(body: Buffer): string | null {
  try {
    return UTF8.decode(body)
  } catch {
    return null
  }
}
