import { refuse } from '../../core/errors.ts'
import { type ConnectionEdit, checkConnectionEdit, checkPace } from '../../core/sync/connection-settings.ts'
import { forgetTheirs, markMoved } from '../../store/sync/absent-links.ts'
import {
  askChangesAnew,
  type ConnectionKey,
  type ConnectionRow,
  findConnection,
  lockConnection,
  reviveConnection,
  updateConnection,
} from '../../store/sync/connections.ts'
import { wakeConflicts } from '../../store/sync/open-conflicts.ts'
import type { App } from '../app.ts'
import { orRefuse } from '../credentials/or-refuse.ts'
import type { ConnectionView } from './connection-view.ts'
import { hintOf, sealCredentials } from './credentials.ts'
import { refuseUnknown, showConnection } from './show-connection.ts'

export interface ConnectionEditOrder {
  readonly key: ConnectionKey
  /** Fields as they came; what is absent stays. */
  readonly input: Readonly<Record<string, unknown>>
  readonly allowPrivate: boolean
  /** Judged under the connection's lock; everything is expected when absent. */
  readonly isExpected?: (known: ConnectionSettings) => boolean
}

/** What is set about a connection, but for what opens it. */
export type ConnectionSettings = Pick<
  ConnectionRow,
  'name' | 'baseUrl' | 'fieldRules' | 'intervalSeconds' | 'limits' | 'pushNew' | 'enabled'
>

/**
 * Changes an upstream account. Another address needs the credentials anew: those that are kept were given for the old
 * one, and go nowhere else. One that goes on, or that has new credentials, begins anew at once. Refuses with
 * `connection.changed-meanwhile` what is not as the caller expects.
 */
export async function editConnection(
  app: App,
  { key, input, allowPrivate, isExpected }: ConnectionEditOrder,
): Promise<ConnectionView> {
  const { kind } = (await findConnection(app.db, key)) ?? refuseUnknown()
  const edit = orRefuse(checkConnectionEdit(input, { kind, allowPrivate }))
  const { credentials } = edit
  const sealed = credentials === undefined ? null : await sealCredentials(app.secrets, key.companyId, credentials)
  await app.db.transaction(async (tx) => {
    const before = (await lockConnection(tx, key)) ?? refuseUnknown()
    if (isExpected !== undefined && !isExpected((await findConnection(tx, key)) ?? refuseUnknown())) {
      refuse('connection.changed-meanwhile', 'The connection was changed meanwhile; look at it as it is now.')
    }
    checkTogether(before, edit)
    await updateConnection(tx, key, {
      name: edit.name ?? null,
      baseUrl: edit.baseUrl ?? null,
      sealed,
      hint: credentials === undefined ? null : hintOf(credentials),
      fieldRules: edit.fieldRules ?? null,
      intervalSeconds: edit.intervalSeconds ?? null,
      limits: edit.limits ?? null,
      pushNew: edit.pushNew ?? null,
      enabled: edit.enabled ?? null,
    })
    // What waits may be no conflict by the new rules.
    if (edit.fieldRules !== undefined) await wakeConflicts(tx, { companyId: key.companyId, connectionId: key.id })
    const isMoved = edit.baseUrl !== undefined && edit.baseUrl !== before.baseUrl
    const of = { companyId: key.companyId, connectionId: key.id }
    if (isMoved && kind === 'constructiononline') await markMoved(tx, of, app.clock())
    if (isMoved && kind === 'renovationfind') await forgetTheirs(tx, of)
    if (sealed !== null) await askChangesAnew(tx, key, isMoved)
    const goesOn = edit.enabled === true && !before.enabled
    if (sealed !== null || goesOn) await reviveConnection(tx, key, app.clock())
  })
  return showConnection(app, key)
}

type Standing = NonNullable<Awaited<ReturnType<typeof lockConnection>>>

function checkTogether(before: Standing, edit: ConnectionEdit): void {
  if (edit.baseUrl !== undefined && edit.baseUrl !== before.baseUrl && edit.credentials === undefined) {
    const text = '{credentials} are required with another baseUrl: those that are kept belong to the old address.'
    refuse('field.required', text, { field: 'credentials' })
  }
  const { intervalSeconds = before.intervalSeconds, limits = before.limits } = edit
  if (edit.intervalSeconds !== undefined || edit.limits !== undefined) orRefuse(checkPace({ intervalSeconds, limits }))
}
