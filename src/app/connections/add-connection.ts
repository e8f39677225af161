import { refuse } from '../../core/errors.ts'
import {
  CONNECTION_DEFAULTS,
  type ConnectionSettings,
  type Credentials,
  checkConnectionEdit,
  checkPace,
} from '../../core/sync/connection-settings.ts'
import { CONNECTION_KINDS, type ConnectionKind } from '../../core/sync/kinds.ts'
import { countConnections, insertConnection } from '../../store/sync/connections.ts'
import type { App } from '../app.ts'
import { orRefuse } from '../credentials/or-refuse.ts'
import type { ConnectionView } from './connection-view.ts'
import { hintOf, sealCredentials } from './credentials.ts'
import { showConnection } from './show-connection.ts'

const CONNECTIONS_MAX = 20

export interface ConnectionOrder {
  readonly companyId: number
  /** Fields as they came: kind, baseUrl and credentials must be there. */
  readonly input: Readonly<Record<string, unknown>>
  /** Whether the operator lets plain HTTP and private addresses through. */
  readonly allowPrivate: boolean
}

/** Adds an upstream account, which is looked at from then on. Refuses bad fields and a twenty-first connection. */
export async function addConnection(
  app: App,
  { companyId, input, allowPrivate }: ConnectionOrder,
): Promise<ConnectionView> {
  const { settings, credentials } = readOrder(input, allowPrivate)
  const sealed = await sealCredentials(app.secrets, companyId, credentials)
  const id = await app.db.transaction(async (tx) => {
    if ((await countConnections(tx, companyId)) >= CONNECTIONS_MAX) {
      refuse('limit.reached', `A company has at most ${CONNECTIONS_MAX} connections; remove one first.`)
    }
    const row = { ...settings, companyId, kind: credentials.kind, sealed, hint: hintOf(credentials), at: app.clock() }
    return insertConnection(tx, row)
  })
  return showConnection(app, { companyId, id })
}

interface Order {
  readonly settings: ConnectionSettings
  readonly credentials: Credentials
}

function readOrder({ kind: sent, ...input }: ConnectionOrder['input'], allowPrivate: boolean): Order {
  const kind = readKind(sent)
  const { credentials, baseUrl, ...edit } = orRefuse(checkConnectionEdit(input, { kind, allowPrivate }))
  if (baseUrl === undefined) return required('baseUrl')
  if (credentials === undefined) return required('credentials')
  const settings = { ...CONNECTION_DEFAULTS[kind], ...edit, baseUrl }
  orRefuse(checkPace(settings))
  return { settings, credentials }
}

function readKind(sent: unknown): ConnectionKind {
  if (sent === undefined || sent === null) return required('kind')
  const rule = `{kind} must be one of ${CONNECTION_KINDS.join(', ')}.`
  return CONNECTION_KINDS.find((kind) => kind === sent) ?? refuse('field.invalid', rule, { field: 'kind' })
}

function required(field: string): never {
  refuse('field.required', `{${field}} is required.`, { field })
}
