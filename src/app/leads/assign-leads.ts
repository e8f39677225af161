import { type Refusal, RefusalError, refusal } from '../../core/errors.ts'
import { assignLead } from '../../core/lead/edit-lead.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { answerOnce } from '../../store/idempotency.ts'
import type { StoredAnswer, WriteOutcome } from '../../store/lead-writer/types.ts'
import type { App, Principal } from '../app.ts'
import { requireAssignee } from './name-assignees.ts'
import { onLead } from './write-lead.ts'

export const ASSIGNED_AT_ONCE_MAX = 500

export interface Assignment {
  /** Checked by `checkLeadIds`. */
  readonly leadIds: readonly number[]
  readonly assigneeId: number | null
}

export interface AssignmentResult {
  readonly changed: number
  /** Ids that name no lead of the company, in the order of the request. */
  readonly missing: readonly number[]
}

export interface AssignmentOptions {
  readonly idempotency?: { readonly key: string; readonly requestHash: Buffer } | undefined
  readonly present: (result: AssignmentResult) => StoredAnswer
}

/** The ids of a request: 1 to 500 whole numbers, each counted once. */
export function checkLeadIds(value: unknown): Result<readonly number[], Refusal> {
  const rule = `{ids} must be a list of 1 to ${ASSIGNED_AT_ONCE_MAX} ids of leads.`
  const isId = (id: unknown) => typeof id === 'number' && Number.isSafeInteger(id) && id > 0
  const good = Array.isArray(value) && value.length > 0 && value.length <= ASSIGNED_AT_ONCE_MAX && value.every(isId)
  return good ? ok([...new Set(value as number[])]) : fail(refusal('field.invalid', rule, { field: 'ids' }))
}

/**
 * Gives many leads to one user, or to nobody. Each lead is a change of its own, so that no two of them wait for each
 * other; should the store go away in between, the same request again brings the rest.
 */
export async function assignLeads(
  app: App,
  caller: Principal,
  { leadIds, assigneeId }: Assignment,
  { idempotency, present }: AssignmentOptions,
): Promise<{ answer: StoredAnswer; replayed: boolean }> {
  await requireAssignee(app, caller.companyId, assigneeId)
  const work = async () => present(await assignAll(app, caller, { leadIds, assigneeId }))
  if (idempotency === undefined) return { answer: await work(), replayed: false }
  const write = { companyId: caller.companyId, face: caller.actor.face, ...idempotency }
  // The key is held until the answer is kept: a repetition that comes meanwhile waits for it.
  return app.db.transaction((tx) => answerOnce(tx, write, work))
}

async function assignAll(
  app: App,
  { companyId, actor }: Principal,
  { leadIds, assigneeId }: Assignment,
): Promise<AssignmentResult> {
  const decide = assignLead(assigneeId)
  const writes = leadIds.map((leadId) => app.writer.write({ companyId, actor, target: onLead(leadId, decide) }))
  // All have ended before the answer, also the one that says what failed.
  const settled = await Promise.allSettled(writes)
  const outcomes = settled.map((one) => {
    if (one.status === 'rejected') throw one.reason
    return one.value
  })
  for (const outcome of outcomes) {
    if (outcome.kind === 'refused' && !isMissing(outcome)) throw new RefusalError(outcome.refusal)
  }
  return {
    changed: outcomes.filter(({ kind }) => kind === 'changed').length,
    missing: leadIds.filter((_, at) => isMissing(outcomes[at])),
  }
}

function isMissing(outcome: WriteOutcome | undefined): boolean {
  return outcome?.kind === 'refused' && outcome.refusal.code === 'lead.not-found'
}
