import { Menu, Text } from '@mantine/core'
import { IconArrowsExchange, IconDotsVertical } from '@tabler/icons-react'
import type { BoardStage } from '../../api/keys.ts'
import type { LeadCard } from '../../api/types.ts'
import type { Rules } from '../../lead/status-form/rules.ts'
import { STAGE_COLORS } from '../../words.ts'
import { CardIcon } from './board-card.tsx'
import { planMove, possibleMoves } from './moves.ts'

export interface MoveMenuProps {
  readonly card: LeadCard
  readonly rules: Rules
  readonly onMove: (card: LeadCard, stage: BoardStage) => void
}

/** The way to move a lead by keyboard or finger: every stage that it can reach. */
export function MoveMenu({ card, rules, onMove }: MoveMenuProps) {
  return (
    <Menu
      withInitialFocusPlaceholder={false}
      position="bottom-end"
      shadow="md"
      width={230}
      withinPortal
      keepMounted={false}
    >
      <Menu.Target>
        <CardIcon aria-label={`Move ${card.name} to…`}>
          <IconDotsVertical size={16} aria-hidden />
        </CardIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Targets card={card} rules={rules} onMove={onMove} />
      </Menu.Dropdown>
    </Menu>
  )
}

function Targets({ card, rules, onMove }: MoveMenuProps) {
  const moves = possibleMoves(rules, card)
  if (moves.length === 0) {
    const move = planMove(rules, card, 'Contacting')
    return (
      <Text size="xs" c="dimmed" px="sm" py={6}>
        {move.kind === 'impossible' ? move.why : 'This lead cannot be moved.'}
      </Text>
    )
  }
  return (
    <>
      <Menu.Label>Move to…</Menu.Label>
      {moves.map(({ stage, move }) => (
        <Menu.Item
          key={stage}
          leftSection={
            <IconArrowsExchange size={15} aria-hidden color={`var(--mantine-color-${STAGE_COLORS[stage]}-6)`} />
          }
          onClick={() => onMove(card, stage)}
        >
          {wordOf(move.kind, stage, card.boardStage)}
        </Menu.Item>
      ))}
    </>
  )
}

function wordOf(kind: string, stage: BoardStage, from: BoardStage): string {
  if (kind === 'accept') return `${stage} (accept)`
  if (kind === 'decline') return `${stage} (with a reason)`
  return stage === from ? `${stage} (new report)` : stage
}
