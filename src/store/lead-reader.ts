import type { Lead } from '../core/lead/lead.ts'
import { gather } from '../lib/turns.ts'
import type { Db } from './database.ts'
import { findLead, findLeads } from './leads.ts'

/** Looks leads up by id; what is asked at the same time shares a statement. */
export interface LeadReader {
  /** The lead, deleted ones included, or null. */
  find(companyId: number, leadId: number): Promise<Lead | null>
}

interface Waiting {
  readonly companyId: number
  readonly leadId: number
  readonly resolve: (lead: Lead | null) => void
  readonly reject: (error: unknown) => void
}

/** While this many statements run, what comes waits for the next one. */
const STATEMENTS_MAX = 2
const BATCH_MAX = 256
/** While more are asked for with each turn of the event loop, a statement waits for so many. */
const GATHER_MIN = 24

export function makeLeadReader(db: Db): LeadReader {
  let waiting: Waiting[] = []
  let running = 0
  let isGathering = false

  const run = async () => {
    while (waiting.length > 0 && !isGathering) {
      isGathering = true
      await gather(() => waiting.length, GATHER_MIN)
      isGathering = false
      const batch = waiting.slice(0, BATCH_MAX)
      waiting = waiting.slice(BATCH_MAX)
      await answer(db, batch)
    }
    running -= 1
  }

  return {
    find(companyId, leadId) {
      return new Promise((resolve, reject) => {
        waiting.push({ companyId, leadId, resolve, reject })
        if (isGathering || running === STATEMENTS_MAX) return
        running += 1
        void run()
      })
    },
  }
}

async function answer(db: Db, batch: readonly Waiting[]): Promise<void> {
  try {
    const leads = new Map((await read(db, batch)).map((lead) => [keyOf(lead.companyId, lead.id), lead]))
    for (const { companyId, leadId, resolve } of batch) resolve(leads.get(keyOf(companyId, leadId)) ?? null)
  } catch (error) {
    for (const { reject } of batch) reject(error)
  }
}

function keyOf(companyId: number, leadId: number): string {
  return `${companyId}/${leadId}`
}

async function read(db: Db, batch: readonly Waiting[]): Promise<Lead[]> {
  const [only] = batch
  if (only === undefined || batch.length > 1) return findLeads(db, batch)
  const lead = await findLead(db, only.companyId, only.leadId)
  return lead === null ? [] : [lead]
}
