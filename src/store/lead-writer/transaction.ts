import type pg from 'pg'
import type { Lead } from '../../core/lead/lead.ts'
import type { WindowState } from '../../core/rate-windows.ts'
import type { Statement } from '../database.ts'
import { answerKey, Batch, type Loaded, leadKey } from './batch.ts'
import * as sql from './statements.ts'
import type { Item, ItemOutcome, LeadWrite } from './types.ts'

/**
 * Runs one batch as one transaction in two pipelined round trips: lock and read; then write and commit. Resolves after
 * the commit with an outcome for each item, in order. Any database error rolls everything back and is thrown.
 */
export async function runTransaction(
  client: pg.Client,
  items: readonly Item[],
  clock: () => Date,
): Promise<ItemOutcome[]> {
  try {
    const loaded = await load(client, items)
    const batch = new Batch(loaded, clock().toISOString())
    const outcomes = items.map((item) => batch.take(item))
    await commit(client, batch.statements())
    return outcomes
  } catch (error) {
    // On a broken connection there is nothing left to roll back.
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}

async function load(client: pg.Client, items: readonly Item[]): Promise<Loaded> {
  const writes = items.flatMap((item) => ('write' in item ? [item.write] : []))
  const subjects = [...new Set(items.flatMap(subjectOf))].sort()
  const keys = existingLeads(writes)
  const keyed = writes.filter((write) => write.idempotency !== undefined)
  const newCount = writes.filter((write) => write.target.kind === 'new').length
  const [, rates, leads, answers, ids] = await inPipeline([
    client.query('BEGIN'),
    subjects.length > 0
      ? send<{ subject: string; state: WindowState }>(client, sql.lockRates(subjects))
      : none<never>(),
    keys.length > 0 ? send<Lead>(client, sql.lockLeads(keys)) : none<never>(),
    keyed.length > 0 ? send<AnswerRow>(client, sql.findAnswers(keyed)) : none<never>(),
    newCount > 0 ? send<{ id: number }>(client, sql.drawLeadIds(newCount)) : none<never>(),
  ])
  return {
    rates: new Map(rates.map(({ subject, state }) => [subject, state])),
    leads: new Map(leads.map((lead) => [leadKey(lead.companyId, lead.id), lead])),
    answers: new Map(
      answers.map(({ companyId, face, key, requestHash, status, body }) => [
        answerKey(companyId, face, key),
        { requestHash, answer: { status, body } },
      ]),
    ),
    freshIds: ids.map(({ id }) => id),
  }
}

interface AnswerRow {
  companyId: number
  face: string
  key: string
  requestHash: Buffer
  status: number
  body: string
}

async function commit(client: pg.Client, statements: readonly Statement[]): Promise<void> {
  const results = await inPipeline([
    ...statements.map((statement) => send(client, statement)),
    client.query('COMMIT').then((result) => result.command),
  ])
  // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK and no error.
  if (results.at(-1) !== 'COMMIT') throw new Error('The batch was rolled back.')
}

/** Waits for all of a pipeline and throws its first fault: those after it only say that the transaction is aborted. */
async function inPipeline<T extends readonly unknown[]>(
  sent: readonly [...{ [K in keyof T]: Promise<T[K]> }],
): Promise<T> {
  const settled = await Promise.allSettled(sent)
  for (const result of settled) {
    if (result.status === 'rejected') throw result.reason
  }
  return settled.map((result) => (result as PromiseFulfilledResult<unknown>).value) as unknown as T
}

async function send<Row>(client: pg.Client, { name, text, values }: Statement): Promise<Row[]> {
  const config: pg.QueryConfig = { text, values: [...(values ?? [])] }
  if (name !== undefined) config.name = name
  const result = await client.query(config)
  return result.rows as Row[]
}

async function none<Row>(): Promise<Row[]> {
  return []
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
