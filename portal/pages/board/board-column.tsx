import { useDroppable } from '@dnd-kit/core'
import { Text, UnstyledButton, VisuallyHidden } from '@mantine/core'
import type { BoardStage } from '../../api/keys.ts'
import type { LeadCard } from '../../api/types.ts'
import { countWords } from '../../format.ts'
import classes from './board.module.css'
import type { BoardStore } from './board-store.ts'
import { CardList } from './card-list.tsx'
import { ColumnHead, StageDot } from './column-head.tsx'
import { DraggableCard } from './draggable-card.tsx'
import { planMove } from './moves.ts'
import { useColumn } from './use-board.ts'
import type { BoardActions } from './use-moves.ts'

export interface BoardColumnProps {
  readonly store: BoardStore
  readonly stage: BoardStage
  readonly actions: BoardActions
  readonly isSearch: boolean
  readonly isFolded: boolean
  readonly onFold: (stage: BoardStage, isFolded: boolean) => void
  /** The lead in the air, if any. */
  readonly dragged: LeadCard | null
}

/** One stage: a place to drop leads, with its cards, or folded up to a strip with its count. */
export function BoardColumn(props: BoardColumnProps) {
  const { store, stage, actions, isFolded, onFold, dragged } = props
  const column = useColumn(store, stage)
  const { setNodeRef, isOver } = useDroppable({ id: stage })
  const target = dragged === null || dragged.boardStage === stage ? null : planMove(actions.rules, dragged, stage).kind
  const state = target === null ? undefined : target === 'impossible' ? 'closed' : isOver ? 'over' : 'open'
  if (isFolded) {
    return (
      <section ref={setNodeRef} className={classes['folded'] ?? ''} data-drop={state} aria-label={stage}>
        <UnstyledButton className={classes['unfold'] ?? ''} onClick={() => onFold(stage, false)} aria-expanded={false}>
          <StageDot stage={stage} />
          <VisuallyHidden>Unfold</VisuallyHidden>
          <Text span size="sm" fw={650}>
            {stage}
          </Text>
          <Text span size="sm" c="dimmed" className="lw-number">
            {column.phase === 'loading' ? '' : countWords(column)}
          </Text>
        </UnstyledButton>
      </section>
    )
  }
  return (
    <section ref={setNodeRef} className={classes['column'] ?? ''} data-drop={state} aria-label={stage}>
      <ColumnHead stage={stage} column={column} onCollapse={() => onFold(stage, true)} />
      <CardList
        store={store}
        stage={stage}
        column={column}
        isSearch={props.isSearch}
        heldId={dragged?.boardStage === stage ? dragged.id : null}
        renderCard={(card) => <DraggableCard card={card} actions={actions} />}
      />
    </section>
  )
}
