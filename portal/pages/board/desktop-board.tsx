import { DndContext, type DragEndEvent, DragOverlay } from '@dnd-kit/core'
import { useMemo, useState } from 'react'
import type { LeadCard } from '../../api/types.ts'
import classes from './board.module.css'
import { BoardCard } from './board-card.tsx'
import { BoardColumn } from './board-column.tsx'
import type { BoardStore } from './board-store.ts'
import { announcementsFor, cardOf, columnUnder, INSTRUCTIONS, stageOf, useBoardSensors } from './drag.ts'
import { useFolded } from './use-folded.ts'
import type { BoardActions } from './use-moves.ts'

export interface BoardViewProps {
  readonly store: BoardStore
  readonly actions: BoardActions
  readonly isSearch: boolean
}

/** All stages side by side; cards are dragged between them. */
export function DesktopBoard({ store, actions, isSearch }: BoardViewProps) {
  const [dragged, setDragged] = useState<LeadCard | null>(null)
  const { folded, fold } = useFolded()
  const accessibility = useMemo(
    () => ({ announcements: announcementsFor(actions.rules), screenReaderInstructions: INSTRUCTIONS }),
    [actions.rules],
  )
  const drop = (event: DragEndEvent) => {
    const [card, stage] = [cardOf(event), stageOf(event)]
    setDragged(null)
    if (card !== null && stage !== null && stage !== card.boardStage) actions.move(card, stage)
  }
  return (
    <DndContext
      sensors={useBoardSensors()}
      collisionDetection={columnUnder}
      accessibility={accessibility}
      onDragStart={(event) => setDragged(cardOf(event))}
      onDragCancel={() => setDragged(null)}
      onDragEnd={drop}
    >
      <div className={classes['board'] ?? ''}>
        {store.stages.map((stage) => (
          <BoardColumn
            key={stage}
            store={store}
            stage={stage}
            actions={actions}
            isSearch={isSearch}
            isFolded={folded.includes(stage)}
            onFold={fold}
            dragged={dragged}
          />
        ))}
      </div>
      <DragOverlay dropAnimation={null} className={classes['overlay'] ?? ''}>
        {dragged !== null && <BoardCard card={dragged} />}
      </DragOverlay>
    </DndContext>
  )
}
