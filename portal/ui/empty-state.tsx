import { Stack, Text, ThemeIcon } from '@mantine/core'
import type { ComponentType, ReactNode } from 'react'

export interface EmptyStateProps {
  readonly icon: ComponentType<{ size?: number; stroke?: number }>
  readonly title: string
  /** Says what would stand here and how it gets there. */
  readonly children?: ReactNode
  readonly action?: ReactNode
  readonly compact?: boolean
}

/** Stands where there is nothing yet, and teaches how that changes. */
export function EmptyState({ icon: Icon, title, children, action, compact = false }: EmptyStateProps) {
  return (
    <Stack align="center" gap="xs" py={compact ? 'lg' : 48} px="md" ta="center">
      <ThemeIcon variant="light" color="gray" size={compact ? 40 : 56} radius="xl" aria-hidden>
        <Icon size={compact ? 20 : 28} stroke={1.5} />
      </ThemeIcon>
      <Text fw={640} size={compact ? 'md' : 'lg'}>
        {title}
      </Text>
      {children !== undefined && (
        <Text c="dimmed" size="sm" maw={440} component="div">
          {children}
        </Text>
      )}
      {action}
    </Stack>
  )
}
