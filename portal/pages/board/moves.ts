import type { LeadCard } from '../../api/types.ts'
import { type Rules, reportableStatuses, ruleOf, type StageName } from '../../lead/status-form/rules.ts'
import { STATUS_WORDS } from '../../words.ts'

/** What it takes to bring a lead to a stage. */
export type Move =
  | { readonly kind: 'report' }
  | { readonly kind: 'accept' }
  | { readonly kind: 'decline' }
  | { readonly kind: 'impossible'; readonly why: string }

type Movable = Pick<LeadCard, 'action' | 'status'>

const ANSWER_FIRST = 'Accept the offer first, which moves it to New. Its statuses can be reported from then on.'

/** Which step moves a lead to a stage, by the served rules and by where it stands. */
export function planMove(rules: Rules, lead: Movable, stage: StageName): Move {
  const first = rules.statuses.find(({ reportable }) => !reportable)?.boardStage
  const isReportable = reportableStatuses(rules, stage).length > 0
  if (lead.action === 'NONE') {
    if (stage === first) return { kind: 'accept' }
    return stage === 'Declined' ? { kind: 'decline' } : impossible(ANSWER_FIRST)
  }
  if (lead.action === 'DECLINED') return impossible('This offer was declined. The answer to an offer is final.')
  if (ruleOf(rules, lead.status)?.final) {
    return impossible(`“${STATUS_WORDS[lead.status]}” is final: neither status nor amount can change any more.`)
  }
  if (isReportable) return { kind: 'report' }
  if (stage === first) return impossible(`Leads start in ${stage}. No report brings one back there.`)
  return impossible('This lead was accepted already, so its offer cannot be answered again.')
}

/** The stages that a menu offers for a lead, each with its step. */
export function possibleMoves(rules: Rules, lead: Movable): { stage: StageName; move: Move }[] {
  return rules.stages
    .map((stage) => ({ stage, move: planMove(rules, lead, stage) }))
    .filter(({ move }) => move.kind !== 'impossible')
}

function impossible(why: string): Move {
  return { kind: 'impossible', why }
}
