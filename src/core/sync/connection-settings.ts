import { fail, ok, type Result } from '../../lib/result.ts'
import { checkName } from '../account-rules.ts'
import { type Refusal, refusal } from '../errors.ts'
import { readText } from '../lead/status-report.ts'
import { parseLimits, type WindowLimit } from '../rate-windows.ts'
import { leastIntervalSeconds } from './call-budget.ts'
import { type ConnectionKind, FIELD_RULES, type FieldRule, type FieldRules, SYNC_FIELDS } from './kinds.ts'
import { checkUpstreamUrl } from './upstream-url.ts'

/** What opens the upstream account; sealed in the store, and never shown again. */
export type Credentials =
  | { readonly kind: 'renovationfind'; readonly token: string }
  | { readonly kind: 'constructiononline'; readonly email: string; readonly password: string; readonly apiKey: string }

/** What an office sets about a connection, without what opens it. */
export interface ConnectionSettings {
  readonly name: string
  readonly baseUrl: string
  readonly fieldRules: FieldRules
  readonly intervalSeconds: number
  readonly limits: string
  readonly pushNew: boolean
  readonly enabled: boolean
}

/** Checked changes of a connection; what is absent stays. */
export type ConnectionEdit = Partial<ConnectionSettings> & { readonly credentials?: Credentials }

export interface ConnectionPolicy {
  readonly kind: ConnectionKind
  /** Whether plain HTTP and addresses of a private network are let through. */
  readonly allowPrivate: boolean
}

export const INTERVAL_RANGE = { min: 5, max: 86_400 } as const
const LIMITS_LENGTH_MAX = 200
const SECRET_LENGTH_MAX = 4000

/** What a new connection has unless it is said otherwise: the published limits of each service. */
export const CONNECTION_DEFAULTS: { readonly [K in ConnectionKind]: Omit<ConnectionSettings, 'baseUrl'> } = {
  renovationfind: {
    name: 'RenovationFind',
    fieldRules: { '*': 'ask' },
    intervalSeconds: 300,
    limits: '5m:250',
    pushNew: false,
    enabled: true,
  },
  constructiononline: {
    name: 'ConstructionOnline',
    fieldRules: { '*': 'ask' },
    intervalSeconds: 300,
    limits: 'hour:500,day:10000,week:50000,month:200000',
    pushNew: false,
    enabled: true,
  },
}

type Input = Readonly<Record<string, unknown>>
type Check = (value: unknown, policy: ConnectionPolicy) => Result<unknown, Refusal>

const CHECKS: { readonly [F in keyof ConnectionEdit]-?: Check } = {
  name: (value) => checkName('name', value),
  baseUrl: (value, policy) => checkUpstreamUrl(value, policy),
  fieldRules: (value, { kind }) => checkRules(value, kind),
  intervalSeconds: checkInterval,
  limits: checkLimits,
  pushNew: (value) => checkFlag('pushNew', value),
  enabled: (value) => checkFlag('enabled', value),
  credentials: (value, { kind }) => checkCredentials(value, kind),
}

export const CONNECTION_EDIT_FIELDS = Object.keys(CHECKS) as readonly (keyof ConnectionEdit)[]

/** Checks each field that is sent; the first fault is given. Unknown fields are for the caller to refuse. */
export function checkConnectionEdit(input: Input, policy: ConnectionPolicy): Result<ConnectionEdit, Refusal> {
  const checked: Record<string, unknown> = {}
  for (const field of CONNECTION_EDIT_FIELDS) {
    if (input[field] === undefined) continue
    const result = CHECKS[field](input[field], policy)
    if (!result.ok) return result
    checked[field] = result.value
  }
  return ok(checked)
}

/** Whether regular looks leave room in every window; each takes one call at least. */
export function checkPace({
  intervalSeconds,
  limits,
}: Pick<ConnectionSettings, 'intervalSeconds' | 'limits'>): Result<null, Refusal> {
  const least = leastIntervalSeconds(windowsOf(limits), 1)
  if (intervalSeconds >= least) return ok(null)
  return invalid('intervalSeconds', `must be at least ${least} with these limits, to leave room for changes`)
}

/** The id of a lead at an upstream: digits as far as documents say, and short in any case. */
export function checkUpstreamId(value: unknown): Result<string, Refusal> {
  const field = 'upstreamId'
  if (value === undefined || value === null || value === '') {
    return fail(refusal('field.required', `${field} is required.`, { field }))
  }
  const text = typeof value === 'string' ? value.trim() : ''
  return /^[1-9]\d{0,18}$/.test(text) ? ok(text) : invalid(field, 'must be the number of the lead there, as text')
}

/** The windows of a checked text. */
export function windowsOf(limits: string): readonly WindowLimit[] {
  return parseLimits(limits) ?? []
}

function invalid(field: string, rule: string): { readonly ok: false; readonly fault: Refusal } {
  return fail(refusal('field.invalid', `${field} ${rule}.`, { field }))
}

function checkFlag(field: string, value: unknown): Result<boolean, Refusal> {
  return typeof value === 'boolean' ? ok(value) : invalid(field, 'must be true or false')
}

function checkInterval(value: unknown): Result<number, Refusal> {
  const { min, max } = INTERVAL_RANGE
  const isRight = typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
  return isRight ? ok(value) : invalid('intervalSeconds', `must be a whole number of seconds from ${min} to ${max}`)
}

function checkLimits(value: unknown): Result<string, Refusal> {
  const isText = typeof value === 'string' && value.length <= LIMITS_LENGTH_MAX
  const windows = isText ? parseLimits(value) : null
  if (windows === null) return invalid('limits', 'must be pairs like hour:500,day:10000 or 5m:250, or off')
  return ok(windows.length === 0 ? 'off' : windows.map(({ name, limit }) => `${name}:${limit}`).join(','))
}

function checkRules(value: unknown, kind: ConnectionKind): Result<FieldRules, Refusal> {
  const rule = `must be an object of ${FIELD_RULES.join(', ')} by field, with * for every other field`
  if (!isObject(value)) return invalid('fieldRules', rule)
  const checked: Record<string, FieldRule> = {}
  for (const [field, wanted] of Object.entries(value)) {
    if (field !== '*' && !SYNC_FIELDS[kind].some((known) => known === field)) {
      return invalid('fieldRules', `names a field that this connection does not move; see GET /v1/connections`)
    }
    const known = FIELD_RULES.find((candidate) => candidate === wanted)
    if (known === undefined) return invalid(`fieldRules.${field}`, `must be one of ${FIELD_RULES.join(', ')}`)
    checked[field] = known
  }
  return ok(checked)
}

const PARTS: { readonly [K in ConnectionKind]: readonly string[] } = {
  renovationfind: ['token'],
  constructiononline: ['email', 'password', 'apiKey'],
}

/** What opens an account of a kind, all of it. No part is ever repeated in a refusal. */
function checkCredentials(value: unknown, kind: ConnectionKind): Result<Credentials, Refusal> {
  const parts = PARTS[kind]
  if (!isObject(value)) return invalid('credentials', `must be an object with ${parts.join(', ')}`)
  if (Object.keys(value).some((name) => !parts.includes(name))) {
    return invalid('credentials', `must hold nothing but ${parts.join(', ')}`)
  }
  const read: Record<string, string> = {}
  for (const part of parts) {
    const text = checkSecret(`credentials.${part}`, value[part])
    if (!text.ok) return text
    read[part] = text.value
  }
  return ok({ kind, ...read } as Credentials)
}

/** Goes into a header: one line, nothing that ends it. A password may have blanks at its ends. */
function checkSecret(field: string, value: unknown): Result<string, Refusal> {
  if (value === undefined || value === null || value === '') {
    return fail(refusal('field.required', `${field} is required.`, { field }))
  }
  if (typeof value !== 'string' || value.length > SECRET_LENGTH_MAX) {
    return invalid(field, `must be a text of at most ${SECRET_LENGTH_MAX} characters`)
  }
  const text = readText(field, SECRET_LENGTH_MAX, value)
  if (!text.ok || hasControl(value)) return invalid(field, 'must be one line without control characters')
  if (text.value === null) return fail(refusal('field.required', `${field} is required.`, { field }))
  if (field === 'credentials.password') return ok(value)
  if (field === 'credentials.email') return checkEmail(field, text.value)
  return /^[\x21-\x7e]+$/.test(text.value) ? ok(text.value) : invalid(field, 'must be visible ASCII characters')
}

/** Basic credentials end the address at the first colon. */
function checkEmail(field: string, text: string): Result<string, Refusal> {
  return /^[^\s@:]+@[^\s@:]+$/.test(text) ? ok(text) : invalid(field, 'must be an e-mail address')
}

function hasControl(text: string): boolean {
  return [...text].some((character) => character < ' ' || character === '\u007f')
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
