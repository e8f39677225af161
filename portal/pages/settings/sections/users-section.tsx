import { ActionIcon, Badge, Button, Group, Menu, Select, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDots, IconUserCheck, IconUserOff, IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useUsers } from '../../../api/queries/company.ts'
import { useSession } from '../../../api/queries/session.ts'
import type { User } from '../../../api/types.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { ListSkeleton } from '../../../ui/skeletons.tsx'
import { TimeAgo } from '../../../ui/time-text.tsx'
import { toastDone, toastFailed } from '../../../ui/toast.tsx'
import { UserAvatar } from '../../../ui/user-avatar.tsx'
import { InvitationsSection } from '../invitations/invitations-section.tsx'
import { InviteDialog } from '../invitations/invite-dialog.tsx'
import { AdminNotice, SettingsSection } from '../kit/settings-section.tsx'
import { type UserEdit, useEditUser } from '../queries.ts'
import classes from './rows.module.css'

export const ROLES = [
  { value: 'admin', label: 'Admin' },
  { value: 'member', label: 'Member' },
]

/** Who works here. */
export function UsersSection({ canEdit }: { canEdit: boolean }) {
  const { data: users, error, refetch } = useUsers()
  const [isInviting, invite] = useDisclosure(false)
  return (
    <>
      <SettingsSection
        title="Users"
        about="Members do everything with leads. Admins also change settings, users, tokens and keys."
      >
        {canEdit ? (
          <Group>
            <Button leftSection={<IconUserPlus size={17} aria-hidden />} onClick={invite.open}>
              Invite somebody
            </Button>
          </Group>
        ) : (
          <AdminNotice what="invite users and change their roles" />
        )}
        {error !== null ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : users === undefined ? (
          <ListSkeleton rows={3} height={64} />
        ) : (
          <ul className={classes.rows}>
            {users.map((user) => (
              <UserRow key={user.id} user={user} canEdit={canEdit} />
            ))}
          </ul>
        )}
      </SettingsSection>
      {canEdit && <InvitationsSection />}
      {isInviting && <InviteDialog onClose={invite.close} />}
    </>
  )
}

function UserRow({ user, canEdit }: { user: User; canEdit: boolean }) {
  const session = useSession()
  const edit = useEditUser()
  const [asked, setAsked] = useState<UserEdit | null>(null)
  const isSelf = session.user.id === user.id
  const change = (next: UserEdit) =>
    edit.mutate(
      { id: user.id, edit: next },
      {
        onSuccess: () => toastDone(`${user.name} is changed`),
        onError: (error) => toastFailed(error),
        onSettled: () => setAsked(null),
      },
    )
  return (
    <li className={classes.row} data-off={!user.active || undefined}>
      <UserAvatar user={user} size={36} />
      <Stack gap={0} className={classes.main ?? ''}>
        <Group gap={6}>
          <Text fw={600} size="sm">
            {user.name}
          </Text>
          {isSelf && (
            <Badge tt="none" variant="light" color="gray" size="sm">
              You
            </Badge>
          )}
          {!user.active && (
            <Badge tt="none" variant="light" color="brick" size="sm">
              Switched off
            </Badge>
          )}
          {user.twoFactor && (
            <Badge tt="none" variant="light" color="leaf" size="sm">
              Two-factor
            </Badge>
          )}
        </Group>
        <Text size="sm" c="dimmed" className={classes.wrap ?? ''}>
          {user.email}
        </Text>
        <Text size="xs" c="dimmed">
          {user.lastSeenAt === null ? (
            'Never signed in'
          ) : (
            <>
              Seen <TimeAgo at={user.lastSeenAt} />
            </>
          )}
        </Text>
      </Stack>
      {canEdit ? (
        <Select
          aria-label={`Role of ${user.name}`}
          data={ROLES}
          value={user.role}
          disabled={edit.isPending || !user.active}
          allowDeselect={false}
          w={116}
          onChange={(role) => {
            if (role === user.role || (role !== 'admin' && role !== 'member')) return
            if (isSelf) setAsked({ role })
            else change({ role })
          }}
        />
      ) : (
        <Text size="sm">{user.role === 'admin' ? 'Admin' : 'Member'}</Text>
      )}
      {canEdit && <UserMenu user={user} onSwitch={(active) => (active ? change({ active }) : setAsked({ active }))} />}
      <ConfirmDialog
        opened={asked !== null}
        title={asked?.active === false ? `Switch off ${user.name}?` : 'Give up being an admin?'}
        confirm={asked?.active === false ? 'Switch off' : 'Become a member'}
        danger
        loading={edit.isPending}
        onConfirm={() => asked !== null && change(asked)}
        onClose={() => setAsked(null)}
      >
        {asked?.active === false
          ? 'They are signed out everywhere and cannot sign in. Their leads and what they did stay. You can switch them on again.'
          : 'You will no longer be able to change settings, users, tokens and keys. Another admin can give it back to you.'}
      </ConfirmDialog>
    </li>
  )
}

function UserMenu({ user, onSwitch }: { user: User; onSwitch: (active: boolean) => void }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`More about ${user.name}`}>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {user.active ? (
          <Menu.Item
            className={classes.danger ?? ''}
            leftSection={<IconUserOff size={16} aria-hidden />}
            onClick={() => onSwitch(false)}
          >
            Switch off
          </Menu.Item>
        ) : (
          <Menu.Item leftSection={<IconUserCheck size={16} aria-hidden />} onClick={() => onSwitch(true)}>
            Switch on
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
