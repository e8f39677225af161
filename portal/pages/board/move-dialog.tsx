import type { Lead } from '../../api/types.ts'
import { StatusForm } from '../../lead/status-form/status-form.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { STATUS_WORDS } from '../../words.ts'
import { AcceptForm, DeclineForm } from './answer-forms.tsx'
import type { BoardStore } from './board-store.ts'
import type { PendingMove } from './use-moves.ts'

export interface MoveDialogProps {
  readonly store: BoardStore
  readonly move: PendingMove | null
  readonly onClose: () => void
}

const TITLES = { report: 'Move', accept: 'Accept', decline: 'Decline' } as const

/** Asks what a move needs: the fields of the status, a yes to an offer, or the reason for a no. */
export function MoveDialog({ store, move, onClose }: MoveDialogProps) {
  const title =
    move === null
      ? ''
      : move.kind === 'report'
        ? `Move ${move.card.name} to ${move.stage}`
        : `${TITLES[move.kind]} ${move.card.name}`
  return (
    <Dialog opened={move !== null} onClose={onClose} title={title} size="md">
      {move !== null && <MoveForm key={move.card.id} store={store} move={move} onClose={onClose} />}
    </Dialog>
  )
}

function MoveForm({ store, move, onClose }: MoveDialogProps & { move: PendingMove }) {
  const { card, stage, kind } = move
  const done = (lead: Lead, said: string) => {
    toastDone(said)
    onClose()
    store.refresh(card.boardStage, lead.boardStage)
    focusCard(lead.id)
  }
  if (kind === 'report') {
    return (
      <StatusForm
        lead={card}
        stage={stage}
        onCancel={onClose}
        onSend={(status, { jobAmount }) =>
          store.move(card, stage, { status, amount: typeof jobAmount === 'string' ? jobAmount : card.amount })
        }
        onDone={(lead) => done(lead, `${card.name}: ${STATUS_WORDS[lead.status]}`)}
      />
    )
  }
  const Form = kind === 'accept' ? AcceptForm : DeclineForm
  return (
    <Form
      card={card}
      onCancel={onClose}
      onSend={() =>
        store.move(card, stage, { action: kind === 'accept' ? 'ACCEPTED' : 'DECLINED', requiresAction: false })
      }
      onDone={(lead) => done(lead, kind === 'accept' ? `${lead.name} is yours` : `Declined ${card.name}`)}
    />
  )
}

/** Follows the lead to its new column, where the keyboard goes on. */
function focusCard(id: number): void {
  window.setTimeout(() => document.querySelector<HTMLElement>(`[data-card="${id}"] a`)?.focus(), FOCUS_RETURNED_MS)
}

/** By then the dialog has given the focus back to where it came from. */
const FOCUS_RETURNED_MS = 250
