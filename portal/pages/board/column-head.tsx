import { ActionIcon, Box, Group, Skeleton, Text, Title, Tooltip } from '@mantine/core'
import { IconLayoutSidebarLeftCollapse } from '@tabler/icons-react'
import type { BoardStage } from '../../api/keys.ts'
import { countWords } from '../../format.ts'
import type { ListState } from '../../lead/paged-list/list-state.ts'
import { MoneyText } from '../../ui/money-text.tsx'
import { STAGE_COLORS } from '../../words.ts'
import classes from './board.module.css'

export function StageDot({ stage }: { stage: BoardStage }) {
  return (
    <span
      className={classes['dot'] ?? ''}
      style={{ background: `var(--mantine-color-${STAGE_COLORS[stage]}-6)` }}
      aria-hidden
    />
  )
}

/** A column's name, how many leads stand in it, and what they are worth. */
export function ColumnHead({
  stage,
  column,
  onCollapse,
}: {
  stage: BoardStage
  column: ListState
  onCollapse?: () => void
}) {
  return (
    <header className={classes['head'] ?? ''}>
      <StageDot stage={stage} />
      <Box miw={0} flex={1}>
        <Group gap={8} wrap="nowrap">
          <Title order={2} size="sm" fw={650} className={classes['stage'] ?? ''}>
            {stage}
          </Title>
          {column.phase === 'loading' ? (
            <Skeleton height={14} width={28} />
          ) : (
            <Text size="sm" c="dimmed" className="lw-number" component="span">
              {countWords(column)}
            </Text>
          )}
        </Group>
        {column.amount !== null && Number(column.amount) > 0 && (
          <Text size="xs" c="dimmed" lh={1.3}>
            <MoneyText amount={column.amount} />
          </Text>
        )}
      </Box>
      {onCollapse !== undefined && (
        <Tooltip label="Fold up">
          <ActionIcon variant="subtle" color="gray" size={26} aria-label={`Fold up ${stage}`} onClick={onCollapse}>
            <IconLayoutSidebarLeftCollapse size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
    </header>
  )
}
