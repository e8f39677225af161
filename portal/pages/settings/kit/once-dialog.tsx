import { Alert, Button, Group, Stack } from '@mantine/core'
import { IconEyeOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Dialog } from '../../../ui/dialog.tsx'

interface Props {
  readonly opened: boolean
  readonly title: string
  /** Why the reader should keep it now. */
  readonly warning: string
  readonly children: ReactNode
  readonly done?: string
  readonly onDone: () => void
}

/** Shows what is never shown again: no stray click or key closes it. */
export function OnceDialog({ opened, title, warning, children, done = 'I have kept it', onDone }: Props) {
  return (
    <Dialog
      opened={opened}
      onClose={onDone}
      title={title}
      size="lg"
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack gap="md">
        <Alert color="yellow" variant="light" icon={<IconEyeOff />}>
          {warning}
        </Alert>
        {children}
        <Group justify="flex-end">
          <Button onClick={onDone}>{done}</Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
