import { refuse } from '../../core/errors.ts'
import { decodeCursor, encodeCursor } from '../../lib/cursor.ts'
import { isStorableText } from '../../lib/text.ts'
import { type CompanyListRow, listCompanies as select } from '../../store/company-list.ts'
import type { App } from '../app.ts'

export interface CompanyPage {
  readonly companies: readonly CompanyListRow[]
  readonly nextCursor: string | null
}

const PAGE = 50
const PART_LENGTH_MAX = 200

/** A page of the installation's companies, newest first; `q` is part of a name. Refuses a cursor of another list. */
export async function listCompanies(
  app: App,
  { q, cursor }: { readonly q: string; readonly cursor: string | undefined },
): Promise<CompanyPage> {
  const part = q.trim()
  if (part.length > PART_LENGTH_MAX || !isStorableText(part)) {
    refuse('request.parameter-invalid', `q must be text of at most ${PART_LENGTH_MAX} characters.`, { field: 'q' })
  }
  const filters = ['companies', part]
  await app.feed.settled()
  const rows = await select(app.db, { part, before: placeOf(filters, cursor), limit: PAGE + 1 })
  const companies = rows.slice(0, PAGE)
  const last = companies.at(-1)
  return { companies, nextCursor: rows.length > PAGE && last !== undefined ? encodeCursor(filters, [last.id]) : null }
}

function placeOf(filters: unknown, cursor: string | undefined): number {
  if (cursor === undefined) return Number.MAX_SAFE_INTEGER
  const [id] = decodeCursor(filters, cursor) ?? []
  if (typeof id === 'number' && Number.isSafeInteger(id)) return id
  return refuse('request.parameter-invalid', 'cursor must be the nextCursor of this list.', { field: 'cursor' })
}
