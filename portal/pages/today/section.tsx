import { Badge, Group, Paper, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useId } from 'react'
import { formatCount } from '../../format.ts'
import { AnchorLink } from '../../ui/links.tsx'
import classes from './today.module.css'

export interface SectionProps {
  readonly title: string
  readonly count: number
  /** How many of them are shown. */
  readonly shown: number
  readonly color?: string
  /** The list page's filter that shows them all. */
  readonly all?: Record<string, string>
  /** Stands there when there are none. */
  readonly empty: ReactNode
  readonly children: ReactNode
}

/** One list of the page, with its whole count and the way to the rest. */
export function Section({ title, count, shown, color = 'gray', all, empty, children }: SectionProps) {
  const id = useId()
  return (
    <Paper withBorder radius="lg" component="section" aria-labelledby={id} className={classes.section ?? ''}>
      <Group justify="space-between" px="lg" pt="md" pb={count === 0 ? 0 : 'xs'}>
        <Group gap="xs">
          <Title order={2} id={id} size="h3">
            {title}
          </Title>
          {count > 0 && (
            <Badge color={color} variant="light" radius="xl" size="md" className="lw-number">
              {formatCount(count)}
            </Badge>
          )}
        </Group>
        {all !== undefined && count > shown && (
          <AnchorLink to="/leads" search={all} size="sm">
            See all {formatCount(count)}
          </AnchorLink>
        )}
      </Group>
      {count === 0 ? empty : <ul className={classes.rows ?? ''}>{children}</ul>}
    </Paper>
  )
}
