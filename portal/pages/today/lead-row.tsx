import { Box, Group, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { LeadCard } from '../../api/types.ts'
import { LeadName, placeOf } from '../../ui/lead-name.tsx'
import classes from './today.module.css'

export interface LeadRowProps {
  readonly lead: LeadCard
  /** Why it stands here, such as how long it has been waiting. */
  readonly why: ReactNode
  /** Beside the name. */
  readonly beside?: ReactNode
  readonly children: ReactNode
}

/** One lead of a list: who, what, why here, and what to do. */
export function LeadRow({ lead, why, beside, children }: LeadRowProps) {
  // An offer is called by its category as long as the customer's name is not known.
  const category = lead.category === lead.name ? null : lead.category
  const about = [category, placeOf(lead)].filter((part) => part !== null).join(' · ')
  return (
    <li className={classes.row ?? ''}>
      <Box flex={1} miw={0}>
        <Group gap={8} wrap="nowrap">
          <Text component="span" truncate className={classes.name ?? ''}>
            <LeadName lead={lead} />
          </Text>
          {beside}
        </Group>

        {about !== '' && (
          <Text size="sm" c="dimmed" truncate>
            {about}
          </Text>
        )}
        <Text size="xs" component="div" className={classes.why ?? ''}>
          {why}
        </Text>
      </Box>
      <Group gap={6} wrap="nowrap" className={classes.buttons ?? ''}>
        {children}
      </Group>
    </li>
  )
}
