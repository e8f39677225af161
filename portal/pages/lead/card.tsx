import { ActionIcon, Group, Paper, Title, Tooltip } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { type ReactNode, useId } from 'react'
import classes from './lead.module.css'

export interface CardProps {
  readonly title: string
  /** For links to this card. */
  readonly id?: string
  /** Where it stands on a narrow screen, where both columns become one. */
  readonly place: number
  readonly beside?: ReactNode
  /** Shows a pencil that turns the card into a form. */
  readonly onEdit?: () => void
  readonly children: ReactNode
}

/** One part of the lead under its heading. */
export function Card({ title, id, place, beside, onEdit, children }: CardProps) {
  const headingId = useId()
  return (
    <Paper
      component="section"
      withBorder
      radius="lg"
      className={classes.card ?? ''}
      aria-labelledby={headingId}
      style={{ order: place }}
      {...(id === undefined ? {} : { id })}
    >
      <Group justify="space-between" mb="sm" mih={30} wrap="nowrap">
        <Title order={2} size="h3" id={headingId}>
          {title}
        </Title>
        <Group gap="xs" wrap="nowrap">
          {beside}
          {onEdit !== undefined && (
            <Tooltip label="Edit">
              <ActionIcon
                variant="subtle"
                color="gray"
                size={30}
                aria-label={`Edit ${title.toLowerCase()}`}
                onClick={onEdit}
              >
                <IconPencil size={17} />
              </ActionIcon>
            </Tooltip>
          )}
        </Group>
      </Group>
      {children}
    </Paper>
  )
}
