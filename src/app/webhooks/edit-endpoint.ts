import { refuse } from '../../core/errors.ts'
import { checkEndpointEdit, type EndpointEdit } from '../../core/webhooks/endpoint.ts'
import { type EndpointRow, lockEndpoint, saveEndpoint } from '../../store/webhooks/endpoints.ts'
import type { App } from '../app.ts'
import { orRefuse } from '../credentials/or-refuse.ts'
import type { EndpointOrder } from './add-endpoint.ts'
import { refuseUnknownEndpoint } from './require-endpoint.ts'
import { type EndpointView, showEndpoint } from './show-endpoints.ts'

/**
 * Changes an endpoint, all or nothing. Switched off it is told nothing more, and what waits for it is kept; switched on
 * again it is told that first. What happened in between is not: that is what a replay is for. Only if the endpoint is
 * still as the caller expects, judged under its lock; else refused with `webhook.changed-meanwhile`.
 */
export async function editEndpoint(
  app: App,
  endpointId: number,
  { companyId, input, rules }: EndpointOrder,
  isExpected: (endpoint: EndpointRow) => boolean = () => true,
): Promise<EndpointView> {
  const edit = orRefuse(checkEndpointEdit(input, rules))
  // What was written before it is switched on is not told to it: a replay then sends all of that, in its order.
  if (edit.enabled === true) await app.feed.settled(companyId)
  await app.db.transaction(async (tx) => {
    const before = (await lockEndpoint(tx, { companyId, endpointId })) ?? refuseUnknownEndpoint()
    if (!isExpected(before)) {
      refuse('webhook.changed-meanwhile', 'The endpoint was changed meanwhile; look at it as it is now.')
    }
    await saveEndpoint(tx, companyId, merge(before, edit, app.clock()))
  })
  return showEndpoint(app, companyId, endpointId)
}

function merge(before: EndpointRow, { enabled, ...settings }: EndpointEdit, now: Date): EndpointRow {
  const after = { ...before, ...settings }
  if (enabled === undefined || enabled === (before.disabledAt === null)) return after
  if (enabled) return { ...after, disabledAt: null, disabledReason: null, failingSince: null }
  return { ...after, disabledAt: now.toISOString(), disabledReason: 'office' }
}
