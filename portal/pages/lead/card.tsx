import { ActionIcon, Group, Paper, Title, Tooltip } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import classes from './lead.module.css'

export interface CardProps {
  readonly title: string
  /** For links to this card. */
  readonly id?: string
  readonly beside?: ReactNode
  /** Shows a pencil that turns the card into a form. */
  readonly onEdit?: () => void
  /** Whether it is a form now; afterwards the pencil gets the focus back. */
  readonly isEditing?: boolean
  readonly children: ReactNode
}

/** One part of the lead under its heading. */
export function Card({ title, id, beside, onEdit, isEditing = false, children }: CardProps) {
  const headingId = useId()
  const pencil = useRef<HTMLButtonElement>(null)
  const wasEditing = useRef(isEditing)
  useEffect(() => {
    if (wasEditing.current && !isEditing) pencil.current?.focus()
    wasEditing.current = isEditing
  }, [isEditing])
  return (
    <Paper
      component="section"
      withBorder
      radius="lg"
      className={classes.card ?? ''}
      aria-labelledby={headingId}
      {...(id === undefined ? {} : { id })}
    >
      <Group justify="space-between" mb="sm" mih={30} wrap="nowrap">
        <Title order={2} size="h3" id={headingId}>
          {title}
        </Title>
        <Group gap="xs" wrap="nowrap">
          {beside}
          {onEdit !== undefined && !isEditing && (
            <Tooltip label="Edit">
              <ActionIcon
                ref={pencil}
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
