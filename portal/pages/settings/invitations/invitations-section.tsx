import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import { IconMailOpened } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../api/client.ts'
import { keys } from '../../../api/keys.ts'
import { queryClient } from '../../../api/query-client.ts'
import type { Invitation } from '../../../api/types.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { ListSkeleton } from '../../../ui/skeletons.tsx'
import { TimeAgo } from '../../../ui/time-text.tsx'
import { toastDone, toastFailed } from '../../../ui/toast.tsx'
import { SettingsSection } from '../kit/settings-section.tsx'
import { invitationsQuery } from '../queries.ts'
import classes from '../sections/rows.module.css'

/** Who was invited and has not come yet. */
export function InvitationsSection() {
  const { data: invitations, error, refetch } = useQuery(invitationsQuery)
  const [asked, setAsked] = useState<Invitation | null>(null)
  const withdraw = useMutation({
    mutationFn: ({ id }: Invitation) => call(`/invitations/${id}`, { method: 'DELETE' }),
    onSuccess: (_, { email }) => toastDone(`The invitation of ${email} is withdrawn`),
    onError: (failure) => toastFailed(failure),
    onSettled: () => {
      setAsked(null)
      void queryClient.invalidateQueries({ queryKey: keys.invitations })
    },
  })
  return (
    <SettingsSection title="Open invitations">
      {error !== null ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : invitations === undefined ? (
        <ListSkeleton rows={1} />
      ) : invitations.length === 0 ? (
        <EmptyState compact icon={IconMailOpened} title="Nobody is invited">
          An invitation is a link by which somebody chooses a name and a password, and then works here too.
        </EmptyState>
      ) : (
        <ul className={classes.rows}>
          {invitations.map((invitation) => (
            <InvitationRow key={invitation.id} invitation={invitation} onWithdraw={() => setAsked(invitation)} />
          ))}
        </ul>
      )}
      <ConfirmDialog
        opened={asked !== null}
        title="Withdraw the invitation?"
        confirm="Withdraw"
        danger
        loading={withdraw.isPending}
        onConfirm={() => asked !== null && withdraw.mutate(asked)}
        onClose={() => setAsked(null)}
      >
        The link that {asked?.email} has stops working.
      </ConfirmDialog>
    </SettingsSection>
  )
}

function InvitationRow({ invitation, onWithdraw }: { invitation: Invitation; onWithdraw: () => void }) {
  const isOver = Date.parse(invitation.expiresAt) <= Date.now()
  return (
    <li className={classes.row}>
      <Stack gap={0} className={classes.main ?? ''}>
        <Group gap={6}>
          <Text fw={600} size="sm" className={classes.wrap ?? ''}>
            {invitation.email}
          </Text>
          <Badge tt="none" variant="light" color="gray" size="sm">
            {invitation.role === 'admin' ? 'Admin' : 'Member'}
          </Badge>
          {isOver && (
            <Badge tt="none" variant="light" color="amber" size="sm">
              Expired
            </Badge>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          Invited by {invitation.invitedBy} <TimeAgo at={invitation.createdAt} />
          {!isOver && (
            <>
              {' '}
              · the link ends <TimeAgo at={invitation.expiresAt} />
            </>
          )}
        </Text>
      </Stack>
      <Button
        variant="subtle"
        color="red"
        size="compact-sm"
        aria-label={`Withdraw the invitation of ${invitation.email}`}
        onClick={onWithdraw}
      >
        Withdraw
      </Button>
    </li>
  )
}
