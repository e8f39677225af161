import { refuse } from '../../core/errors.ts'
import type { Db } from '../../store/database.ts'
import { type EndpointKey, type EndpointRow, findEndpoint } from '../../store/webhooks/endpoints.ts'

/** The endpoint of a key, or the refusal `request.not-found`. */
export async function requireEndpoint(db: Db, key: EndpointKey): Promise<EndpointRow> {
  return (await findEndpoint(db, key)) ?? refuseUnknownEndpoint()
}

export function refuseUnknownEndpoint(): never {
  refuse('request.not-found', 'The company has no such webhook endpoint.')
}
