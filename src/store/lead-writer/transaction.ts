import type pg from 'pg'
import type { Statement } from '../database.ts'
import { leadFromFields } from '../lead-columns.ts'
import { answerKey, Batch, type Loaded, leadKey } from './batch.ts'
import { converse, type Step } from './conversation.ts'
import * as sql from './statements.ts'
import type { Item, ItemOutcome, LeadWrite } from './types.ts'

/**
 * Runs one batch as one transaction in two round trips: lock and read; then write and commit. Resolves after the commit
 * with an outcome for each item, in order. Any database error rolls everything back and is thrown.
 */
export async function runTransaction(
  client: pg.Client,
  items: readonly Item[],
  clock: () => Date,
): Promise<ItemOutcome[]> {
  const loaded: Loaded = { rates: new Map(), leads: new Map(), answers: new Map(), freshIds: [] }
  let outcomes: ItemOutcome[] = []
  await converse(client, readingSteps(items, loaded), () => {
    const batch = new Batch(loaded, clock().toISOString())
    outcomes = items.map((item) => batch.take(item))
    return batch.statements().map((statement) => ({ statement }))
  })
  return outcomes
}

/**
 * Locks in one order everywhere (leads, then rates), so that two batches never wait for each other in a circle. Batches
 * of the same credentials follow each other by the rates, so those come last: the next one has read its leads by then.
 */
function readingSteps(items: readonly Item[], loaded: Loaded): Step[] {
  const writes = items.flatMap((item) => ('write' in item ? [item.write] : []))
  const subjects = [...new Set(items.flatMap(subjectOf))].sort()
  const keys = existingLeads(writes)
  const keyed = writes.filter((write) => write.idempotency !== undefined)
  const newCount = writes.filter((write) => write.target.kind === 'new').length
  return [
    ...step(
      keys.length,
      () => sql.lockLeads(keys),
      (fields) => {
        const lead = leadFromFields(fields)
        loaded.leads.set(leadKey(lead.companyId, lead.id), lead)
      },
    ),
    ...step(
      keyed.length,
      () => sql.findAnswers(keyed),
      ([companyId, face, key, requestHash, status, body]) => {
        const answer = { status: Number(status), body: text(body) }
        const hash = Buffer.from(text(requestHash).slice(2), 'hex')
        loaded.answers.set(answerKey(Number(companyId), text(face), text(key)), { requestHash: hash, answer })
      },
    ),
    ...step(
      newCount,
      () => sql.drawLeadIds(newCount),
      ([id]) => {
        loaded.freshIds.push(Number(id))
      },
    ),
    ...step(
      subjects.length,
      () => sql.lockRates(subjects),
      ([subject, state]) => {
        loaded.rates.set(text(subject), JSON.parse(text(state)))
      },
    ),
  ]
}

function step(
  count: number,
  statement: () => Statement & { readonly name: string },
  onRow: (fields: readonly (string | null)[]) => void,
): Step[] {
  return count === 0 ? [] : [{ statement: statement(), onRow }]
}

/** A column that is never null. */
function text(field: string | null | undefined): string {
  return field ?? ''
}

function subjectOf(item: Item): string[] {
  const charge = 'write' in item ? item.write.charge : item.charge
  return charge === undefined ? [] : [charge.subject]
}

function existingLeads(writes: readonly LeadWrite[]): sql.LeadKey[] {
  const keys = new Map<string, sql.LeadKey>()
  for (const { companyId, target } of writes) {
    if (target.kind === 'existing') keys.set(leadKey(companyId, target.leadId), { companyId, leadId: target.leadId })
  }
  return [...keys.values()]
}
