import { Text } from '@mantine/core'
import { useRemoveConnection } from '../../../api/queries/connections.ts'
import type { Connection } from '../../../api/types.ts'
import { formatCount } from '../../../format.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { toastDone, toastFailed } from '../../../ui/toast.tsx'

interface Props {
  readonly connection: Connection
  readonly opened: boolean
  readonly onClose: () => void
}

/** Says what goes and what stays before a connection is removed. */
export function RemoveDialog({ connection, opened, onClose }: Props) {
  const { id, name, linkedLeads, openConflicts } = connection
  const remove = useRemoveConnection()
  const confirm = () =>
    remove.mutate(id, {
      onSuccess: () => toastDone(`${name} is removed.`),
      onError: (error) => toastFailed(error, 'The connection is not removed'),
      onSettled: onClose,
    })
  return (
    <ConfirmDialog
      opened={opened}
      title={`Remove “${name}”?`}
      confirm="Remove connection"
      danger
      loading={remove.isPending}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Text size="sm" mb="xs">
        <strong>Stays:</strong> every lead, here and there, as it is now.
      </Text>
      <Text size="sm" mb="xs">
        <strong>Goes:</strong> the credentials, {linkedLeads === 0 ? 'the links' : `${formatCount(linkedLeads)} links`}{' '}
        between leads here and there,{' '}
        {openConflicts === 0 ? 'settled conflicts' : `${formatCount(openConflicts)} conflicts that wait`}, and the
        history. Changes that are not sent yet are not sent any more.
      </Text>
      <Text size="sm">
        If you connect the same account again, its leads come in anew beside those that are here. To stop for a while,
        pause it instead.
      </Text>
    </ConfirmDialog>
  )
}
