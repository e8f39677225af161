import type { Lead } from '../core/lead/lead.ts'
import type { Tx } from './database.ts'
import { insertLeads, insertQuietHistory, type TimelineRow } from './lead-writer/statements.ts'

/** A lead as it stands, with the timeline that led there: one row a revision, each with the lead as it was then. */
export interface FinishedLead {
  readonly lead: Lead
  readonly history: readonly TimelineRow[]
}

/** Rows of one statement: few round trips, while a lead with long texts still stays far below the protocol's limit. */
const CHUNK_ROWS = 1000

/**
 * Writes leads that are not there yet, with their timelines and quiet outbox rows: what is loaded is the past, so lists
 * and reports follow it, but nobody is told of it. Ids come from `drawLeadIds`.
 */
export async function bulkLoad(tx: Tx, leads: readonly FinishedLead[]): Promise<void> {
  for (const chunk of chunksOf(leads)) await tx.query(insertLeads(chunk.map(({ lead }) => lead)))
  for (const chunk of chunksOf(leads.flatMap(({ history }) => history))) await tx.query(insertQuietHistory(chunk))
}

function* chunksOf<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < rows.length; start += CHUNK_ROWS) yield rows.slice(start, start + CHUNK_ROWS)
}
