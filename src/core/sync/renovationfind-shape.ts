import { REPORT_FIELD_NAMES } from '../lead/status-rules.ts'
import type { Sides, Verdict, Verdicts } from './merge.ts'
import { takeAnswer } from './renovationfind-lead.ts'
import { takeTold } from './renovationfind-take.ts'
import { actionOf, answerValue, reportValue } from './renovationfind-values.ts'
import type { SyncShape } from './shape.ts'

/**
 * What RenovationFind is told of a lead and may tell: the answer to the offer, and the last status report with what
 * belongs to its status.
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
  partsOf: (field) => (field === 'action' ? ['action', 'declineReason'] : ['status', ...REPORT_FIELD_NAMES]),
  take: takeTold,
  giveUp: takeAnswer,
}

/**
 * Where the upstream does not tell its changes, what stands there is known from a refusal or a link, and is taken when
 * somebody says so; where we have nothing to say ourselves, that is no difference to be settled. While nobody has settled
 * what the answer is, reports move in neither direction: they would only be refused as well.
 */
function answerFirst(verdicts: Verdicts, sides: Sides): Verdicts {
  if (!sides.isTold) return waiting(mapped(verdicts, (verdict) => (verdict === 'take' ? 'unsaid' : verdict)))
  const [base, ours, theirs] = [sides.base, sides.ours, sides.theirs].map((side) => actionOf(side['action']))
  // What both have accepted by themselves: their customer is to come here.
  const isCustomerNew = verdicts['action'] === 'same' && theirs === 'ACCEPTED' && base === 'NONE'
  if (isCustomerNew) return { ...verdicts, action: 'take' }
  const isHeldFast = verdicts['action'] === 'take' && ours !== 'NONE'
  return isHeldFast ? without(verdicts) : waiting(verdicts)
}

function mapped(verdicts: Verdicts, to: (verdict: Verdict) => Verdict): Verdicts {
  return Object.fromEntries(Object.entries(verdicts).map(([field, verdict]) => [field, to(verdict)]))
}

function waiting(verdicts: Verdicts): Verdicts {
  const isOpen = verdicts['action'] === 'held' || verdicts['action'] === 'conflict'
  return isOpen ? without(verdicts) : verdicts
}

/** The verdicts with reports left where they are. */
function without(verdicts: Verdicts): Verdicts {
  const moves = verdicts['status'] === 'push' || verdicts['status'] === 'take'
  return moves ? { ...verdicts, status: 'unsaid' } : verdicts
}
