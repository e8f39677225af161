import { RefusalError } from '../../core/errors.ts'
import { DELETED_STAGE } from '../../core/lead/board-stage.ts'
import type { LeadSource } from '../../core/lead/lead.ts'
import type { LeadStatus } from '../../core/lead/status-rules.ts'
import type { Database, Db } from '../database.ts'
import { sqlStateOf } from '../faults.ts'
import { type CardFilter, dueCondition, indexedTermConditions, makeValues } from './card-filter.ts'

/*
 * Ids of the leads that one filter alone leaves over, found by an index of its own. Each gives at most `limit` of them:
 * as many as that mean that the filter leaves too many over, and nothing else.
 */

/** In one row: thousands of rows would take longer than it takes to find them. */
async function ids(db: Db, text: string, values: readonly unknown[]): Promise<number[]> {
  const rows = await db.query<{ ids: string }>({
    text: `SELECT string_agg(id::text, ',') AS ids FROM (${text}) AS found`,
    values,
  })
  const found = rows[0]?.ids ?? ''
  return found === '' ? [] : found.split(',').map(Number)
}

export function findByStage(db: Db, { companyId, stages }: CardFilter, limit: number): Promise<number[]> {
  const text = 'SELECT lead_id AS id FROM lead_card WHERE company_id = $1 AND stage = ANY ($2::text[]) LIMIT $3'
  return ids(db, text, [companyId, stages, limit])
}

/** Cards that are fetched by their status; of more of them a walk meets one soon. */
const FEW_OF_STATUS = 500

/** Whether no more than `FEW_OF_STATUS` leads have these statuses, wherever they stand. Told by the index alone. */
export async function areFewOfStatus(db: Db, companyId: number, statuses: readonly LeadStatus[]): Promise<boolean> {
  const rows = await db.query<{ found: number }>({
    name: 'count-few-of-status',
    text: `SELECT count(*) AS found FROM (
        SELECT FROM lead_card WHERE company_id = $1 AND status = ANY ($2::text[]) LIMIT ${FEW_OF_STATUS + 1}) AS few`,
    values: [companyId, statuses],
  })
  return (rows[0]?.found ?? 0) <= FEW_OF_STATUS
}

/** Null when they are not few: each card of a large company lies on a page of its own. */
export async function findByStatus(
  db: Db,
  companyId: number,
  statuses: readonly LeadStatus[],
  limit: number,
): Promise<number[] | null> {
  if (!(await areFewOfStatus(db, companyId, statuses))) return null
  // The revision is in no index, so that none that is far larger can say all by itself.
  const text = `SELECT lead_id AS id FROM lead_card
    WHERE company_id = $1 AND status = ANY ($2::text[]) AND revision > 0 LIMIT $3`
  return ids(db, text, [companyId, statuses, limit])
}

export function findByCategory(
  db: Db,
  companyId: number,
  categories: readonly string[],
  limit: number,
): Promise<number[]> {
  const text = 'SELECT lead_id AS id FROM lead_search WHERE company_id = $1 AND category = ANY ($2::text[]) LIMIT $3'
  return ids(db, text, [companyId, categories, limit])
}

/** The sources that nearly all leads come from, for which there is no index. */
const COMMON_SOURCES: readonly LeadSource[] = ['renovationfind', 'constructiononline']

export function isRareSource(source: LeadSource): boolean {
  return !COMMON_SOURCES.includes(source)
}

/** Of rare sources only. */
export function findBySource(
  db: Db,
  companyId: number,
  sources: readonly LeadSource[],
  limit: number,
): Promise<number[]> {
  const text = `SELECT lead_id AS id FROM lead_card
    WHERE company_id = $1 AND source = ANY ($2::text[]) AND source NOT IN (${COMMON_SOURCES.map((one) => `'${one}'`).join(', ')})
    LIMIT $3`
  return ids(db, text, [companyId, sources, limit])
}

export function findByAssignee(db: Db, companyId: number, assigneeId: number, limit: number): Promise<number[]> {
  const text = 'SELECT lead_id AS id FROM lead_card WHERE company_id = $1 AND assignee_id = $2 LIMIT $3'
  return ids(db, text, [companyId, assigneeId, limit])
}

export function findDue(db: Db, { companyId, now }: CardFilter, limit: number): Promise<number[]> {
  const values = makeValues()
  const company = values.add(companyId)
  const text = `SELECT lead_id AS id FROM lead_card AS c
    WHERE company_id = ${company} AND ${dueCondition(now, values)} LIMIT ${values.add(limit)}`
  return ids(db, text, values.all)
}

export function findCreated(
  db: Db,
  { companyId, stages, createdFrom, createdUntil }: CardFilter,
  limit: number,
): Promise<number[]> {
  const text = `SELECT lead_id AS id FROM lead_card
    WHERE company_id = $1 AND stage = ANY ($2::text[]) AND created_at >= coalesce($3::timestamptz, '-infinity')
      AND created_at < coalesce($4::timestamptz, 'infinity')
    LIMIT $5`
  return ids(db, text, [companyId, stages, createdFrom, createdUntil, limit])
}

const CANCELLED = '57014'

/**
 * By what the search text has three bytes in a row of, deleted leads only where they are looked for. Null when the store
 * did not come to an end in `millis`: of a large company, what only very common ones lead to can be nearly everything.
 */
export async function findByText(
  db: Database,
  { companyId, terms, stages }: Pick<CardFilter, 'companyId' | 'terms' | 'stages'>,
  { limit, millis }: { limit: number; millis: number },
): Promise<number[] | null> {
  const values = makeValues()
  const company = `${values.add(companyId)}::bigint`
  const standing = stages.includes(DELETED_STAGE) ? [] : ['NOT s.deleted']
  const text = `SELECT lead_id AS id FROM lead_search AS s
    WHERE company_id = ${company} AND ${[...indexedTermConditions(terms, { company, values }), ...standing].join(' AND ')}
    LIMIT ${values.add(limit)}`
  try {
    return await db.transaction(async (tx) => {
      await tx.query({ text: `SET LOCAL statement_timeout = ${millis}` })
      return ids(tx, text, values.all)
    })
  } catch (error) {
    if (isCancelled(error)) return null
    throw error
  }
}

/** A transaction that PostgreSQL ended comes as a refusal, with the reason behind it. */
function isCancelled(error: unknown): boolean {
  return sqlStateOf(error instanceof RefusalError ? error.cause : error) === CANCELLED
}
