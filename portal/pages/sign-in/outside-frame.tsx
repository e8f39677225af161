import { Paper, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { usePageTitle } from '../../ui/page-header.tsx'
import classes from './outside-frame.module.css'

export interface OutsideFrameProps {
  readonly title: string
  readonly intro?: ReactNode
  readonly children: ReactNode
  /** Below the card, such as the way back. */
  readonly below?: ReactNode
}

/** A page before the log-in: one card with one thing to do. */
export function OutsideFrame({ title, intro, children, below }: OutsideFrameProps) {
  usePageTitle(title)
  return (
    <main className={classes.frame ?? ''}>
      <div className={classes.column ?? ''}>
        <div className={classes.brand ?? ''}>
          <img src="/icons/leadwright.svg" alt="" />
          Leadwright
        </div>
        <Paper radius="lg" shadow="md" p={{ base: 'lg', xs: 'xl' }} withBorder>
          <Title order={1} size="h2" mb={intro === undefined ? 'lg' : 4}>
            {title}
          </Title>
          {intro !== undefined && (
            <Text c="dimmed" size="sm" mb="lg" component="div">
              {intro}
            </Text>
          )}
          {children}
        </Paper>
        {below !== undefined && <div className={classes.below ?? ''}>{below}</div>}
      </div>
    </main>
  )
}
