import type { FieldChanges } from '../lead/events.ts'
import { REPORT_FIELD_NAMES } from '../lead/status-rules.ts'
import type { Verdict, Verdicts } from './merge.ts'
import { takeAnswer } from './renovationfind-lead.ts'
import { answerValue, type Part, type Progress, reportValue } from './renovationfind-values.ts'
import type { SyncFields, SyncShape, SyncValue } from './shape.ts'

/**
 * What RenovationFind is told of a lead: the answer to the offer, and the last status report with what belongs to its
 * status. It has no list to be read, so nothing is taken over but what its answers show.
 */
export const RENOVATIONFIND_SHAPE: SyncShape = {
  // A status is taken of accepted leads only: the answer goes first.
  fields: ['action', 'status'],
  required: [],
  together: [],
  couple: answerFirst,
  isOneByOne: true,
  isIn: (lead) => lead.deletedAt === null,
  project: (lead) => ({ action: answerValue(lead), status: reportValue(lead) }),
  projectChanges,
  take: null,
  giveUp: takeAnswer,
}

/**
 * What stands there is known only from a refusal or a link, and is taken when somebody says so; where we have nothing to
 * say ourselves, that is no difference to be settled. While nobody has settled what the answer is, a report waits: it
 * would only be refused as well.
 */
function answerFirst(verdicts: Verdicts): Verdicts {
  const coupled: Record<string, Verdict> = {}
  for (const [field, verdict] of Object.entries(verdicts)) coupled[field] = verdict === 'take' ? 'unsaid' : verdict
  const isOpen = coupled['action'] === 'held' || coupled['action'] === 'conflict'
  return isOpen && coupled['status'] === 'push' ? { ...coupled, status: 'unsaid' } : coupled
}

/**
 * What a change brought in: of a report only one that brought a status, as the parts that a change leaves as they were are
 * not in it, and an answer of RenovationFind changes nothing but what was empty.
 */
function projectChanges(changes: FieldChanges): SyncFields {
  const values: Record<string, SyncValue> = {}
  // The timeline tells values of the lead's own types.
  const told = (name: string): Part => (changes[name]?.new ?? null) as Part
  if (changes['action'] !== undefined) {
    values['action'] = { action: told('action'), declineReason: told('declineReason') }
  }
  if (changes['status'] !== undefined) {
    const parts = REPORT_FIELD_NAMES.map((name) => [name, told(name)])
    values['status'] = reportValue({ ...Object.fromEntries(parts), status: told('status') } as Progress)
  }
  return values
}
