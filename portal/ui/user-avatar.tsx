import { Avatar } from '@mantine/core'
import { initialsOf } from '../format.ts'

const COLORS = ['spruce', 'indigo', 'plum', 'leaf', 'sky', 'violet', 'amber', 'brick']

/** A user's initials in a colour that stays theirs; the whole name on hover. */
export function UserAvatar({ user, size = 26 }: { user: { id: number; name: string }; size?: number }) {
  return (
    <Avatar
      size={size}
      radius="xl"
      color={COLORS[user.id % COLORS.length] ?? 'spruce'}
      variant="light"
      role="img"
      title={user.name}
    >
      {initialsOf(user.name)}
    </Avatar>
  )
}
