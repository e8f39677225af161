import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { messageOf } from './error-state.tsx'

const UNDO_MS = 8000
const DONE_MS = 3500
const FAILED_MS = 9000

export interface DoneOptions {
  /** Takes it back. */
  readonly undo?: () => void
  /** Something else to go on with, such as "Open". */
  readonly next?: { readonly label: string; readonly run: () => void }
}

/** Says that something was done; with a button there is more time. */
export function toastDone(message: string, { undo, next }: DoneOptions = {}): void {
  const id = `toast-${crypto.randomUUID()}`
  const button = undo === undefined ? next : { label: 'Undo', run: undo }
  const press = () => {
    notifications.hide(id)
    button?.run()
  }
  notifications.show({
    id,
    color: 'spruce',
    icon: <IconCheck size={18} aria-hidden />,
    autoClose: button === undefined ? DONE_MS : UNDO_MS,
    message: (
      <Group justify="space-between" wrap="nowrap" gap="md">
        <Text size="sm">{message}</Text>
        {button !== undefined && (
          <Button size="compact-sm" variant="light" onClick={press} style={{ flexShrink: 0 }}>
            {button.label}
          </Button>
        )}
      </Group>
    ),
  })
}

/** Says why something was not done. */
export function toastFailed(error: unknown, title = 'That did not work'): void {
  notifications.show({
    color: 'red',
    icon: <IconAlertTriangle size={18} aria-hidden />,
    title,
    message: messageOf(error),
    autoClose: FAILED_MS,
  })
}
