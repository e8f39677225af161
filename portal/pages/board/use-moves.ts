import { useCallback, useMemo, useState } from 'react'
import type { BoardStage } from '../../api/keys.ts'
import type { LeadCard } from '../../api/types.ts'
import type { Rules } from '../../lead/status-form/rules.ts'
import { toastExplained } from './explain.ts'
import { planMove } from './moves.ts'

/** The move that a dialog is asking about. */
export interface PendingMove {
  readonly card: LeadCard
  readonly stage: BoardStage
  readonly kind: 'report' | 'accept' | 'decline'
}

/** What a card's buttons do. */
export interface BoardActions {
  readonly rules: Rules
  readonly move: (card: LeadCard, stage: BoardStage) => void
  readonly answer: (card: LeadCard, answer: 'accept' | 'decline') => void
}

/** Turns wishes to move a lead into a dialog, or into words that say why it cannot be. */
export function useMoves(rules: Rules) {
  const [pending, setPending] = useState<PendingMove | null>(null)
  const move = useCallback(
    (card: LeadCard, stage: BoardStage) => {
      const plan = planMove(rules, card, stage)
      if (plan.kind === 'impossible') toastExplained(`${card.name} stays in ${card.boardStage}`, plan.why)
      else setPending({ card, stage, kind: plan.kind })
    },
    [rules],
  )
  const answer = useCallback(
    (card: LeadCard, kind: 'accept' | 'decline') =>
      setPending({ card, stage: kind === 'accept' ? 'New' : 'Declined', kind }),
    [],
  )
  const actions = useMemo((): BoardActions => ({ rules, move, answer }), [rules, move, answer])
  return { pending, actions, close: useCallback(() => setPending(null), []) }
}
