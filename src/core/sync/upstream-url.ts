import { addressOfHost, isPublicAddress } from '../../lib/public-address.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { type Refusal, refusal } from '../errors.ts'
import type { ConnectionKind } from './kinds.ts'

const LENGTH_MAX = 300
/** What the documents of a service print behind its host; a pasted address may end with it. */
const ENDINGS: { readonly [K in ConnectionKind]: RegExp } = {
  renovationfind: /^\/(rest-api-v1\/?)?$/i,
  constructiononline: /^\/(api(\/leads)?\/?)?$/i,
}
const FIELD = 'baseUrl'

/**
 * The address of an upstream service as an origin without a slash at its end. Plain HTTP, over which the credentials
 * could be read, goes only where private addresses are allowed. What a host name leads to is judged when it is called.
 */
export function checkUpstreamUrl(
  value: unknown,
  { kind, allowPrivate }: { readonly kind: ConnectionKind; readonly allowPrivate: boolean },
): Result<string, Refusal> {
  const text = typeof value === 'string' ? value.trim() : ''
  if (text === '' && (value === '' || value === undefined || value === null)) {
    return fail(refusal('field.required', `${FIELD} is required.`, { field: FIELD }))
  }
  if (text === '' || text.length > LENGTH_MAX) return invalid(`must be an address of at most ${LENGTH_MAX} characters`)
  // The parser of URLs drops or mends these without a word.
  if (!/^[\x21-\x7e]+$/.test(text) || text.includes('\\')) return invalid('must not hold blanks or backslashes')
  if (!/^[a-z]+:\/\/[^/]/i.test(text) || !URL.canParse(text))
    return invalid('must be an address such as https://www.example.com')
  const url = new URL(text)
  if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:'))
    return invalid('must begin with https://')
  if (url.username !== '' || url.password !== '' || /^[a-z]+:\/*[^/?#]*@/i.test(text)) {
    return invalid('must not hold a user or a password')
  }
  if (/[?#]/.test(text)) return invalid('must have no query and no fragment')
  if (!ENDINGS[kind].test(url.pathname)) return invalid('must have no path')
  if (!allowPrivate && isPrivateHost(url.hostname)) return invalid('must not be an address of a private network')
  return ok(url.origin)
}

/** What is seen without looking the name up. */
function isPrivateHost(hostname: string): boolean {
  const address = addressOfHost(hostname)
  if (address !== null) return !isPublicAddress(address)
  return /^localhost\.?$|\.(localhost|local|internal)\.?$/i.test(hostname)
}

function invalid(rule: string): Result<never, Refusal> {
  return fail(refusal('field.invalid', `${FIELD} ${rule}.`, { field: FIELD }))
}
