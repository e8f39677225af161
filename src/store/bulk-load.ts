import { cardStageOf } from '../core/lead/board-stage.ts'
import type { Lead } from '../core/lead/lead.ts'
import { copyJson, copyPlain, copyText } from '../lib/pg-copy.ts'
import type { Copy } from './copy-rows.ts'
import type { Tx } from './database.ts'
import { copyLine, LEAD_COLUMNS } from './lead-columns.ts'
import type { TimelineRow } from './lead-writer/statements.ts'
import { touchesSearch } from './pipeline/search-fields.ts'

/** A lead as it stands, with the timeline that led there: one row a revision, each with the lead as it was then. */
export interface FinishedLead {
  readonly lead: Lead
  readonly history: readonly TimelineRow[]
}

/**
 * Characters of a chunk, however long its leads and their histories are. The first is soon made, so that PostgreSQL is
 * soon at work; the more rows at once, the less they cost it, so each is twice as long as the one before, up to what is
 * little to hold in memory.
 */
const FIRST_LENGTH = 65_536
const MOST_LENGTH = 524_288
/** After so many characters the connection gets its turn: a socket takes only a part of a chunk at once. */
const TURN_LENGTH = 65_536

const COPY_LEAD = `COPY lead (${LEAD_COLUMNS.map(({ column }) => column).join(', ')}) FROM STDIN`
const COPY_TIMELINE = `COPY timeline
  (company_id, lead_id, revision, at, event, face, actor_kind, actor_id, actor_name, changes, action_due_at) FROM STDIN`
const COPY_OUTBOX = 'COPY outbox (company_id, lead_id, revision, event, at, stage, search, quiet) FROM STDIN'

/**
 * Writes leads that are not there yet, with their timelines and quiet outbox rows: what is loaded is the past, so lists
 * and reports follow it, but nobody is told of it. Ids come from `drawLeadIds`. Leads are taken from the iterable while
 * PostgreSQL writes those before, so it costs nothing to make them one by one.
 */
export async function bulkLoad(tx: Tx, leads: Iterable<FinishedLead>): Promise<void> {
  let writing: Promise<unknown> = Promise.resolve()
  let chunk = new Chunk()
  let [full, turn] = [FIRST_LENGTH, TURN_LENGTH]
  for (const lead of leads) {
    chunk.add(lead)
    if (chunk.length >= full) {
      const copies = chunk.copies()
      await writing
      writing = tx.copy(copies)
      // It is awaited with the next one ready; until then its failure must not count as one that nobody sees.
      writing.catch(() => undefined)
      chunk = new Chunk()
      full = Math.min(2 * full, MOST_LENGTH)
      turn = TURN_LENGTH
    } else if (chunk.length >= turn) {
      await new Promise((resolve) => setImmediate(resolve))
      turn += TURN_LENGTH
    }
  }
  const last = chunk.copies()
  await writing
  if (chunk.length > 0) await tx.copy(last)
}

function timelineLine({ lead, event, write: { actor }, changes }: TimelineRow): string {
  const change = `${lead.companyId}\t${lead.id}\t${lead.revision}\t${lead.modifiedAt}\t${copyText(event)}`
  const who = `${copyText(actor.face)}\t${copyText(actor.kind)}\t${copyText(actor.id)}\t${copyText(actor.name)}`
  return `${change}\t${who}\t${copyJson(changes)}\t${copyPlain(lead.actionDueAt)}\n`
}

function outboxLine({ lead, event, changes }: TimelineRow): string {
  const change = `${lead.companyId}\t${lead.id}\t${lead.revision}\t${copyText(event)}\t${lead.modifiedAt}`
  return `${change}\t${cardStageOf(lead)}\t${touchesSearch(changes)}\ttrue\n`
}

/** Rows of the three tables, put together lead by lead. */
class Chunk {
  #lead = ''
  #timeline = ''
  #outbox = ''

  get length(): number {
    return this.#lead.length + this.#timeline.length + this.#outbox.length
  }

  add({ lead, history }: FinishedLead): void {
    this.#lead += copyLine(lead)
    for (const row of history) {
      this.#timeline += timelineLine(row)
      this.#outbox += outboxLine(row)
    }
  }

  copies(): Copy[] {
    return [
      { text: COPY_LEAD, rows: Buffer.from(this.#lead) },
      { text: COPY_TIMELINE, rows: Buffer.from(this.#timeline) },
      { text: COPY_OUTBOX, rows: Buffer.from(this.#outbox) },
    ]
  }
}
