import { refuse } from '../../core/errors.ts'
import { decodeCursor, encodeCursor } from '../../lib/cursor.ts'
import { type AttemptFilter, type AttemptRow, walkAttempts } from '../../store/webhooks/attempts.ts'
import type { EndpointKey } from '../../store/webhooks/endpoints.ts'
import type { App } from '../app.ts'
import { requireEndpoint } from './require-endpoint.ts'

/** Rows of the log that one page looks through at most. */
const SCAN_ROWS = 20_000

export interface AttemptPageWish {
  readonly filter: AttemptFilter
  readonly cursor: string | null
  readonly limit: number
}

export interface AttemptPage {
  readonly attempts: readonly AttemptRow[]
  /** Where the next page begins; null on the last one. A page can be short, even empty, while it goes on. */
  readonly nextCursor: string | null
}

/** The calls to an endpoint, newest first. Refuses an unknown endpoint, and a cursor of another list. */
export async function listAttempts(
  app: App,
  key: EndpointKey,
  { filter, cursor, limit }: AttemptPageWish,
): Promise<AttemptPage> {
  await requireEndpoint(app.db, key)
  const list = { ...filter, endpointId: key.endpointId }
  const beforeId = cursor === null ? Number.MAX_SAFE_INTEGER : placeOf(list, cursor)
  const { attempts, lastId } = await walkAttempts(app.db, key, filter, { beforeId, limit, scan: SCAN_ROWS })
  return { attempts, nextCursor: lastId === null ? null : encodeCursor(list, [lastId]) }
}

function placeOf(list: unknown, cursor: string): number {
  const [id, ...rest] = decodeCursor(list, cursor) ?? []
  if (typeof id === 'number' && Number.isSafeInteger(id) && rest.length === 0) return id
  return refuse('request.parameter-invalid', 'cursor is not one that this list gave with the same filters.', {
    field: 'cursor',
  })
}
