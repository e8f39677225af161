import { Badge, type BadgeProps } from '@mantine/core'
import type { BoardStage } from '../api/keys.ts'
import { STAGE_COLORS } from '../words.ts'

/** A stage in its colour and in words. */
export function StageBadge({ stage, size = 'md' }: { stage: BoardStage; size?: NonNullable<BadgeProps['size']> }) {
  return (
    <Badge color={STAGE_COLORS[stage]} variant="light" size={size} radius="sm" tt="none" fw={600}>
      {stage}
    </Badge>
  )
}
