import type {
  Connection,
  ConnectionCredentials,
  ConnectionEdit,
  ConnectionKind,
  NewConnection,
} from '../../../api/types.ts'
import type { Rule } from '../../../sync/sync-words.ts'

/** What the form of a connection holds: text as typed. */
export interface ConnectionValues extends Record<string, unknown> {
  readonly name: string
  readonly baseUrl: string
  readonly credentials: {
    readonly token: string
    readonly email: string
    readonly password: string
    readonly apiKey: string
  }
  readonly intervalSeconds: number | ''
  readonly limits: string
  readonly fieldRules: Readonly<Record<string, Rule>>
  readonly pushNew: boolean
}

/** Where the services are, and what they are known to allow. */
export const KIND_DEFAULTS = {
  renovationfind: { name: 'RenovationFind', baseUrl: 'https://www.renovationfind.com', limits: '5m:250' },
  constructiononline: {
    name: 'ConstructionOnline',
    baseUrl: 'https://api.constructiononline.com',
    limits: 'hour:500,day:10000,week:50000,month:200000',
  },
} as const satisfies Record<ConnectionKind, unknown>

const NO_CREDENTIALS = { token: '', email: '', password: '', apiKey: '' }
const INTERVAL_DEFAULT = 300

export function valuesOf(kind: ConnectionKind, connection: Connection | null): ConnectionValues {
  if (connection === null) {
    const rest = { intervalSeconds: INTERVAL_DEFAULT, fieldRules: { '*': 'ask' as const }, pushNew: false }
    return { ...KIND_DEFAULTS[kind], credentials: NO_CREDENTIALS, ...rest }
  }
  const { name, baseUrl, intervalSeconds, limits, fieldRules, pushNew } = connection
  return { name, baseUrl, credentials: NO_CREDENTIALS, intervalSeconds, limits, fieldRules, pushNew }
}

/** The parts of the credentials that a kind has. */
export const PARTS: { readonly [K in ConnectionKind]: readonly (keyof ConnectionValues['credentials'])[] } = {
  renovationfind: ['token'],
  constructiononline: ['email', 'password', 'apiKey'],
}

export function toOrder(kind: ConnectionKind, values: ConnectionValues): NewConnection {
  return { kind, ...settingsOf(values), baseUrl: values.baseUrl.trim(), credentials: credentialsOf(kind, values) }
}

/** What a form changes; without credentials typed in, those that are kept stay. */
export function toEdit(kind: ConnectionKind, values: ConnectionValues, withCredentials: boolean): ConnectionEdit {
  const edit = { ...settingsOf(values), baseUrl: values.baseUrl.trim() }
  return withCredentials ? { ...edit, credentials: credentialsOf(kind, values) } : edit
}

function settingsOf({ name, intervalSeconds, limits, fieldRules, pushNew }: ConnectionValues) {
  return {
    name: name.trim(),
    intervalSeconds: intervalSeconds === '' ? INTERVAL_DEFAULT : intervalSeconds,
    limits: limits.trim() === '' ? 'off' : limits.trim(),
    fieldRules: { ...fieldRules },
    pushNew,
  }
}

function credentialsOf(kind: ConnectionKind, { credentials }: ConnectionValues): ConnectionCredentials {
  const { token, email, password, apiKey } = credentials
  // A password may have blanks at its ends.
  return kind === 'renovationfind' ? { token: token.trim() } : { email: email.trim(), password, apiKey: apiKey.trim() }
}

/** What the form itself can say is wrong, by path; the server says the rest. */
export function faultsOf(
  kind: ConnectionKind,
  values: ConnectionValues,
  withCredentials: boolean,
): Record<string, string> {
  const faults: Record<string, string> = {}
  if (values.name.trim() === '') faults['name'] = 'Give it a name.'
  if (values.baseUrl.trim() === '') faults['baseUrl'] = 'Enter the address of the service.'
  if (values.intervalSeconds === '') faults['intervalSeconds'] = 'Enter how often it looks.'
  if (!withCredentials) return faults
  for (const part of PARTS[kind]) {
    if (values.credentials[part] === '') faults[`credentials.${part}`] = 'Fill this in.'
  }
  return faults
}
