import { ActionIcon, Button, Group, Menu } from '@mantine/core'
import { IconDots, IconKey, IconPencil, IconPlayerPause, IconRepeat, IconSend, IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { WebhookEndpoint } from '../../../api/types.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { toastDone, toastFailed } from '../../../ui/toast.tsx'
import { EditEndpointDialog } from './endpoint-dialogs.tsx'
import { ReplayDialog } from './replay-dialog.tsx'
import { RotateDialog } from './rotate-dialog.tsx'
import { deleteEndpoint, editEndpoint, sendTest } from './webhook-queries.ts'
import classes from './webhooks.module.css'

type Asked = 'edit' | 'replay' | 'rotate' | 'disable' | 'delete'

/** What can be done with an endpoint. */
export function EndpointActions({ endpoint }: { endpoint: WebhookEndpoint }) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const { id, enabled } = endpoint
  const close = () => setAsked(null)
  const test = useMutation({
    mutationFn: () => sendTest(id),
    onSuccess: () => toastDone('A test message is on its way'),
    onError: (failure) => toastFailed(failure),
  })
  return (
    <Group gap="xs">
      <Button
        px="sm"
        leftSection={<IconSend size={16} aria-hidden />}
        loading={test.isPending}
        disabled={!enabled}
        onClick={() => test.mutate()}
      >
        Send a test
      </Button>
      <Button
        variant="default"
        px="sm"
        leftSection={<IconRepeat size={16} aria-hidden />}
        disabled={!enabled}
        onClick={() => setAsked('replay')}
      >
        Send again…
      </Button>
      <MoreMenu enabled={enabled} onAsk={setAsked} />
      {asked === 'edit' && <EditEndpointDialog endpoint={endpoint} onClose={close} />}
      {asked === 'replay' && <ReplayDialog id={id} onClose={close} />}
      {asked === 'rotate' && <RotateDialog id={id} onClose={close} />}
      {asked === 'disable' && <DisableDialog id={id} onClose={close} />}
      {asked === 'delete' && <DeleteDialog id={id} onClose={close} />}
    </Group>
  )
}

function MoreMenu({ enabled, onAsk }: { enabled: boolean; onAsk: (asked: Asked) => void }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label="More about the endpoint">
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={() => onAsk('edit')}>
          Change
        </Menu.Item>
        <Menu.Item leftSection={<IconKey size={16} aria-hidden />} onClick={() => onAsk('rotate')}>
          New secret
        </Menu.Item>
        {enabled && (
          <Menu.Item leftSection={<IconPlayerPause size={16} aria-hidden />} onClick={() => onAsk('disable')}>
            Switch off
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Item
          className={classes.danger ?? ''}
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() => onAsk('delete')}
        >
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

interface DialogProps {
  readonly id: number
  readonly onClose: () => void
}

function DisableDialog({ id, onClose }: DialogProps) {
  const disable = useMutation({
    mutationFn: () => editEndpoint(id, { enabled: false }),
    onSuccess: () => toastDone('The endpoint is off'),
    onError: (failure) => toastFailed(failure),
    onSettled: onClose,
  })
  return (
    <ConfirmDialog
      opened
      title="Switch the endpoint off?"
      confirm="Switch off"
      danger
      loading={disable.isPending}
      onConfirm={() => disable.mutate()}
      onClose={onClose}
    >
      Nothing is sent to it from now on. What waits is kept. When you switch it on again, you can send what it missed.
    </ConfirmDialog>
  )
}

function DeleteDialog({ id, onClose }: DialogProps) {
  const navigate = useNavigate()
  const remove = useMutation({
    mutationFn: () => deleteEndpoint(id),
    onSuccess: () => {
      toastDone('The endpoint is deleted')
      void navigate({ to: '/settings/$section', params: { section: 'webhooks' } })
    },
    onError: (failure) => {
      toastFailed(failure)
      onClose()
    },
  })
  return (
    <ConfirmDialog
      opened
      title="Delete the endpoint?"
      confirm="Delete"
      danger
      loading={remove.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      What waits for it is not sent any more, and its secret and its log are deleted. This cannot be taken back.
    </ConfirmDialog>
  )
}
