import type { Lead } from '../core/lead/lead.ts'
import type { Tx } from './database.ts'
import { insertLeads, insertQuietHistory, type NamedStatement, type TimelineRow } from './lead-writer/statements.ts'

/** A lead as it stands, with the timeline that led there: one row a revision, each with the lead as it was then. */
export interface FinishedLead {
  readonly lead: Lead
  readonly history: readonly TimelineRow[]
}

/**
 * Rows of one statement: a text that a socket takes at once, so that PostgreSQL works on it while the next one is made.
 */
const CHUNK_ROWS = 250

/**
 * Writes leads that are not there yet, with their timelines and quiet outbox rows: what is loaded is the past, so lists
 * and reports follow it, but nobody is told of it. Ids come from `drawLeadIds`. Leads are taken from the iterable while
 * PostgreSQL writes those before, so it costs nothing to make them one by one.
 */
export async function bulkLoad(tx: Tx, leads: Iterable<FinishedLead>): Promise<void> {
  let writing: Promise<unknown> = Promise.resolve()
  for (const statement of statementsOf(leads)) {
    await writing
    writing = tx.query(statement)
    // It is awaited with the next one ready; until then its failure must not count as one that nobody sees.
    writing.catch(() => undefined)
  }
  await writing
}

function* statementsOf(leads: Iterable<FinishedLead>): Generator<NamedStatement> {
  for (const chunk of chunksOf(leads)) {
    yield insertLeads(chunk.map(({ lead }) => lead))
    for (const rows of chunksOf(chunk.flatMap(({ history }) => history))) yield insertQuietHistory(rows)
  }
}

function* chunksOf<T>(rows: Iterable<T>): Generator<readonly T[]> {
  let chunk: T[] = []
  for (const row of rows) {
    chunk.push(row)
    if (chunk.length < CHUNK_ROWS) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}
