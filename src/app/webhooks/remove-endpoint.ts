import { deleteEndpoint, deleteRemains } from '../../store/webhooks/endpoints.ts'
import type { App } from '../app.ts'
import { refuseUnknownEndpoint } from './require-endpoint.ts'

const ROWS_AT_ONCE = 10_000
/** What is left of a very long queue or log is removed by house-keeping. */
const PIECES_MAX = 20

/** Removes an endpoint with its secrets, its queue and its log. */
export async function removeEndpoint(app: App, companyId: number, endpointId: number): Promise<void> {
  const key = { companyId, endpointId }
  if (!(await deleteEndpoint(app.db, key))) refuseUnknownEndpoint()
  for (const table of ['webhook_delivery', 'webhook_attempt'] as const) {
    for (let piece = 0; piece < PIECES_MAX; piece += 1) {
      if ((await deleteRemains(app.db, table, key, ROWS_AT_ONCE)) < ROWS_AT_ONCE) break
    }
  }
}
