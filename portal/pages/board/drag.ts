import {
  type Announcements,
  type CollisionDetection,
  closestCenter,
  type DragOverEvent,
  type KeyboardCoordinateGetter,
  KeyboardSensor,
  MouseSensor,
  pointerWithin,
  type ScreenReaderInstructions,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import type { BoardStage } from '../../api/keys.ts'
import type { LeadCard } from '../../api/types.ts'
import type { Rules } from '../../lead/status-form/rules.ts'
import { planMove } from './moves.ts'

/** A click stays a click, and a finger that scrolls goes on scrolling. */
const MOUSE = { activationConstraint: { distance: 6 } }
const TOUCH = { activationConstraint: { delay: 220, tolerance: 8 } }

export function useBoardSensors() {
  return useSensors(
    useSensor(MouseSensor, MOUSE),
    useSensor(TouchSensor, TOUCH),
    useSensor(KeyboardSensor, { coordinateGetter: toNextColumn }),
  )
}

/** Where the pointer is; the keyboard has none, and means the column nearest to the card. */
export const columnUnder: CollisionDetection = (args) =>
  args.pointerCoordinates === null ? closestCenter(args) : pointerWithin(args)

const COLUMN_INSET = 8

/** Left and right go from column to column. */
const toNextColumn: KeyboardCoordinateGetter = (event, { currentCoordinates, context }) => {
  const step = event.code === 'ArrowRight' ? 1 : event.code === 'ArrowLeft' ? -1 : 0
  if (step === 0) return undefined
  event.preventDefault()
  const columns = context.droppableContainers
    .getEnabled()
    .flatMap(({ id }) => context.droppableRects.get(id) ?? [])
    .sort((one, other) => one.left - other.left)
  const centre = currentCoordinates.x + (context.collisionRect?.width ?? 0) / 2
  const at = columns.findIndex(({ left, right }) => centre >= left && centre <= right)
  const next = columns[at + step]
  if (next === undefined) return undefined
  const width = context.collisionRect?.width ?? next.width
  return { x: next.left + Math.max(COLUMN_INSET, (next.width - width) / 2), y: currentCoordinates.y }
}

export function cardOf(event: Pick<DragOverEvent, 'active'>): LeadCard | null {
  return (event.active.data.current?.['card'] as LeadCard | undefined) ?? null
}

export function stageOf(event: Pick<DragOverEvent, 'over'>): BoardStage | null {
  return (event.over?.id as BoardStage | undefined) ?? null
}

export const INSTRUCTIONS: ScreenReaderInstructions = {
  draggable:
    'Press Space to pick the lead up. Left and Right go to another stage, Space drops it there, Escape puts it back.',
}

/** What a screen reader says while a lead is in the air. */
export function announcementsFor(rules: Rules): Announcements {
  return {
    onDragStart: (event) => {
      const card = cardOf(event)
      return card === null ? undefined : `Picked up ${card.name} from ${card.boardStage}.`
    },
    onDragOver: (event) => {
      const [card, stage] = [cardOf(event), stageOf(event)]
      if (card === null || stage === null) return 'Not over a stage.'
      if (stage === card.boardStage) return `Over ${stage}, where it is now.`
      const move = planMove(rules, card, stage)
      return move.kind === 'impossible' ? `Over ${stage}. Not possible: ${move.why}` : `Over ${stage}.`
    },
    onDragEnd: (event) => {
      const [card, stage] = [cardOf(event), stageOf(event)]
      if (card === null || stage === null || stage === card.boardStage) return 'Put back.'
      return planMove(rules, card, stage).kind === 'impossible' ? 'Put back.' : `Dropped on ${stage}. A dialog opens.`
    },
    onDragCancel: () => 'Put back.',
  }
}
