import { Badge, Button, Group, Paper, Title } from '@mantine/core'
import { type ReactNode, useId, useState } from 'react'
import type { LeadCard } from '../../api/types.ts'
import { countWords } from '../../format.ts'
import { AnchorLink } from '../../ui/links.tsx'
import classes from './today.module.css'

export interface SectionProps {
  readonly title: string
  readonly list: { readonly count: number; readonly countIsExact: boolean; readonly leads: readonly LeadCard[] }
  /** How many rows stand there before a button shows the rest. */
  readonly rows: number
  readonly color?: string
  /** False where the whole number says nothing. */
  readonly counted?: boolean
  /** The list page's filter that shows them all. */
  readonly all?: Record<string, string>
  /** Stands there when there are none. */
  readonly empty: ReactNode
  readonly children: (lead: LeadCard) => ReactNode
}

/** One list of the page, with its whole count and the way to the rest. */
export function Section({ title, list, rows, color = 'gray', counted = true, all, empty, children }: SectionProps) {
  const id = useId()
  const [isLong, setIsLong] = useState(false)
  const { count, leads } = list
  const hidden = isLong ? 0 : Math.max(0, leads.length - rows)
  return (
    <Paper withBorder radius="lg" component="section" aria-labelledby={id} className={classes.section ?? ''}>
      <Group justify="space-between" px={{ base: 'md', xs: 'lg' }} pt="md" pb={count === 0 ? 0 : 'xs'}>
        <Group gap="xs">
          <Title order={2} id={id} size="h3">
            {title}
          </Title>
          {counted && count > 0 && (
            <Badge color={color} variant="light" radius="xl" size="md" className="lw-number">
              {countWords(list)}
            </Badge>
          )}
        </Group>
        {all !== undefined && count > leads.length && (
          <AnchorLink to="/leads" search={all} size="sm">
            See all{counted ? '' : ` ${countWords(list)}`}
          </AnchorLink>
        )}
      </Group>
      {count === 0 ? (
        empty
      ) : (
        <ul className={classes.rows ?? ''}>{leads.slice(0, leads.length - hidden).map(children)}</ul>
      )}
      {hidden > 0 && (
        <Button
          variant="subtle"
          size="sm"
          fullWidth
          radius={0}
          className={classes.more ?? ''}
          onClick={() => setIsLong(true)}
        >
          Show {hidden} more
        </Button>
      )}
    </Paper>
  )
}
