import { randomInt } from 'node:crypto'
import { WEBHOOK_TEST } from '../../core/webhooks/events.ts'
import { messageIdOf } from '../../core/webhooks/message-id.ts'
import type { EndpointKey } from '../../store/webhooks/endpoints.ts'
import type { App } from '../app.ts'
import { queueMessages, refuseDisabled } from './queue-messages.ts'
import { requireEndpoint } from './require-endpoint.ts'

const REVISION_MAX = 2 ** 31 - 1

/** Queues a message of no lead, whatever the endpoint's filter says; resolves to its webhook-id. */
export async function sendTest(app: App, key: EndpointKey): Promise<string> {
  refuseDisabled(await requireEndpoint(app.db, key))
  // Not that of another test: a receiver takes a message that it has had for a repetition.
  const subject = { leadId: 0, revision: randomInt(1, REVISION_MAX), event: WEBHOOK_TEST }
  await queueMessages(app, key, [{ ...subject, at: app.clock().toISOString() }])
  return messageIdOf({ ...subject, companyId: key.companyId })
}
