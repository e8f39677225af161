import { Stack, Text, ThemeIcon } from '@mantine/core'
import type { ComponentType, ReactNode } from 'react'

export interface EmptyStateProps {
  readonly icon: ComponentType<{ size?: number; stroke?: number }>
  readonly title: string
  /** Says what would stand here and how it gets there. */
  readonly children?: ReactNode
  readonly action?: ReactNode
  readonly compact?: boolean
  /** All that the page has, so that its title is the page's heading. */
  readonly isPage?: boolean
}

/** Stands where there is nothing yet, and teaches how that changes. */
export function EmptyState({ icon: Icon, title, children, action, ...forms }: EmptyStateProps) {
  const { compact = false, isPage = false } = forms
  return (
    <Stack align="center" gap="xs" py={compact ? 'lg' : 48} px="md" ta="center">
      <ThemeIcon variant="light" color="gray" bg="var(--lw-line)" size={compact ? 40 : 56} radius="xl" aria-hidden>
        <Icon size={compact ? 20 : 28} stroke={1.5} />
      </ThemeIcon>
      <Text fw={640} size={compact ? 'md' : 'lg'} m={0} component={isPage ? 'h1' : 'p'}>
        {title}
      </Text>
      {children !== undefined && (
        <Text c="dimmed" size="sm" maw={440} component="div" style={{ textWrap: 'balance' }}>
          {children}
        </Text>
      )}
      {action}
    </Stack>
  )
}
