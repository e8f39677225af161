import { addressOfHost, isPublicAddress } from '../../lib/public-address.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { type Refusal, refusal } from '../errors.ts'
import { readText } from '../lead/status-report.ts'
import { WEBHOOK_EVENTS, type WebhookEvent } from './events.ts'

export const ENDPOINTS_MAX = 20
export const PER_SECOND_MAX = 1000
const URL_LENGTH_MAX = 2000
const DESCRIPTION_LENGTH_MAX = 200

/** What the office says of an endpoint. */
export interface EndpointSettings {
  readonly url: string
  readonly description: string | null
  /** Empty: all. */
  readonly events: readonly WebhookEvent[]
  /** Calls a second at most; null: no limit. */
  readonly perSecond: number | null
}

/** Checked changes; what is absent stays. */
export type EndpointEdit = Partial<EndpointSettings & { readonly enabled: boolean }>

export interface EndpointRules {
  /** Whether an endpoint may stand in the operator's own network. */
  readonly allowPrivate: boolean
}

type Input = Readonly<Record<string, unknown>>
type Checked<T> = Result<T, Refusal>

/** Checks what a new endpoint is made of; the first fault is given. */
export function checkNewEndpoint(input: Input, rules: EndpointRules): Checked<EndpointSettings> {
  const { url } = input
  if (url === undefined || url === null) return fault('field.required', 'url', 'is required.')
  const { enabled: _, ...settings } = input
  const edit = checkEndpointEdit(settings, rules)
  if (!edit.ok) return edit
  const { url: address = '', description = null, events = [], perSecond = null } = edit.value
  return ok({ url: address, description, events, perSecond })
}

/** Checks what is to change of an endpoint; the first fault is given. */
export function checkEndpointEdit(input: Input, rules: EndpointRules): Checked<EndpointEdit> {
  const checks: { readonly [F in keyof EndpointEdit]-?: (value: unknown) => Checked<unknown> } = {
    url: (value) => checkUrl(value, rules),
    description: (value) => (value === null ? ok(null) : readText('description', DESCRIPTION_LENGTH_MAX, value)),
    events: checkEvents,
    perSecond: checkPerSecond,
    enabled: (value) => (typeof value === 'boolean' ? ok(value) : invalid('enabled', 'must be true or false.')),
  }
  const edit: Record<string, unknown> = {}
  for (const [field, check] of Object.entries(checks)) {
    if (input[field] === undefined) continue
    const checked = check(input[field])
    if (!checked.ok) return checked
    edit[field] = checked.value
  }
  return ok(edit)
}

function checkUrl(value: unknown, { allowPrivate }: EndpointRules): Checked<string> {
  const rule = 'must be an absolute address that begins with https:// or http://.'
  if (typeof value !== 'string' || !URL.canParse(value)) return invalid('url', rule)
  const url = new URL(value)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return invalid('url', rule)
  if (url.username !== '' || url.password !== '') {
    return invalid('url', 'must hold no user name and password: check the signature instead.')
  }
  if (url.hash !== '') return invalid('url', 'must have no part behind #: it would not be sent.')
  if (url.href.length > URL_LENGTH_MAX) return invalid('url', `must have at most ${URL_LENGTH_MAX} characters.`)
  if (!allowPrivate && isInside(url.hostname)) {
    return invalid('url', 'must not name this machine or an address of a private network.')
  }
  return ok(url.href)
}

/** What can be told without asking for the name's addresses; those are looked at when a message is sent. */
function isInside(hostname: string): boolean {
  const address = addressOfHost(hostname)
  return address === null ? /(^|\.)localhost\.?$/.test(hostname) : !isPublicAddress(address)
}

/** In the order of the list, each once. */
function checkEvents(value: unknown): Checked<readonly WebhookEvent[]> {
  if (value === null) return ok([])
  const known: readonly unknown[] = WEBHOOK_EVENTS
  if (!Array.isArray(value) || !value.every((event) => known.includes(event))) {
    return invalid('events', `must be a list of ${WEBHOOK_EVENTS.join(', ')}; an empty one means all.`)
  }
  return ok(WEBHOOK_EVENTS.filter((event) => value.includes(event)))
}

function checkPerSecond(value: unknown): Checked<number | null> {
  if (value === null) return ok(null)
  const isGood = typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= PER_SECOND_MAX
  return isGood ? ok(value) : invalid('perSecond', `must be a whole number from 1 to ${PER_SECOND_MAX}, or null.`)
}

function invalid(field: string, rule: string): { readonly ok: false; readonly fault: Refusal } {
  return fault('field.invalid', field, rule)
}

function fault(code: 'field.invalid' | 'field.required', field: string, rule: string) {
  return fail(refusal(code, `{${field}} ${rule}`, { field }))
}
