import { Box, Group, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import classes from './page-header.module.css'

export interface PageHeaderProps {
  readonly title: string
  /** One line below the title. */
  readonly subtitle?: ReactNode
  /** Beside the title, such as a stage badge. */
  readonly beside?: ReactNode
  /** Buttons at the far end; below the title on a phone. */
  readonly actions?: ReactNode
}

/** The one h1 of a page, which also names the browser's tab. */
export function PageHeader({ title, subtitle, beside, actions }: PageHeaderProps) {
  usePageTitle(title)
  return (
    <header className={classes.header ?? ''}>
      <Box miw={0} flex="1 1 10rem">
        <Group gap="sm" wrap="wrap">
          <Title order={1} className={classes.title ?? ''}>
            {title}
          </Title>
          {beside}
        </Group>
        {subtitle !== undefined && (
          <Text c="dimmed" size="sm" mt={4} component="div" style={{ textWrap: 'pretty' }}>
            {subtitle}
          </Text>
        )}
      </Box>
      {actions !== undefined && <Group gap="xs">{actions}</Group>}
    </header>
  )
}

/** Names the browser's tab while the page is shown. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Leadwright`
  }, [title])
}
