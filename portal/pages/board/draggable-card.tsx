import { useDraggable } from '@dnd-kit/core'
import { Group } from '@mantine/core'
import { IconGripVertical } from '@tabler/icons-react'
import { type KeyboardEventHandler, memo } from 'react'
import type { LeadCard } from '../../api/types.ts'
import classes from './board.module.css'
import { BoardCard, CardIcon } from './board-card.tsx'
import { MoveMenu } from './move-menu.tsx'
import type { BoardActions } from './use-moves.ts'

interface DraggableCardProps {
  readonly card: LeadCard
  readonly actions: BoardActions
}

/** A card that mouse and finger take anywhere, and the keyboard by its grip. */
export const DraggableCard = memo(function DraggableCard({ card, actions }: DraggableCardProps) {
  const drag = useDraggable({ id: card.id, data: { card } })
  const { onKeyDown, ...pointer } = drag.listeners ?? {}
  return (
    <div
      ref={drag.setNodeRef}
      {...pointer}
      className={classes['draggable'] ?? ''}
      data-card={card.id}
      data-dragging={drag.isDragging || undefined}
    >
      <BoardCard
        card={card}
        onAnswer={actions.answer}
        controls={
          <Group gap={0} wrap="nowrap" className={classes['controls'] ?? ''}>
            <CardIcon
              {...drag.attributes}
              ref={drag.setActivatorNodeRef}
              onKeyDown={onKeyDown as KeyboardEventHandler | undefined}
              className={classes['grip'] ?? ''}
              aria-label={`Drag ${card.name}`}
            >
              <IconGripVertical size={16} aria-hidden />
            </CardIcon>
            <MoveMenu card={card} rules={actions.rules} onMove={actions.move} />
          </Group>
        }
      />
    </div>
  )
})
