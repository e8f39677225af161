import { Avatar, Box, Menu, SegmentedControl, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import {
  IconBook2,
  IconDeviceDesktop,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconSelector,
  IconSun,
  IconUserCircle,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useSession, useSignOut } from '../api/queries/session.ts'
import { initialsOf } from '../format.ts'
import classes from './shell.module.css'

/** Who is signed in, and what belongs to them: account, colours, help, sign out. */
export function UserMenu({ onHelp, small = false }: { onHelp: () => void; small?: boolean }) {
  const { user, company } = useSession()
  const navigate = useNavigate()
  const signOut = useSignOut()
  const where = company?.name ?? 'Operator'
  return (
    <Menu width={250} position={small ? 'bottom-end' : 'top-start'} shadow="md" radius="md">
      <Menu.Target>
        <UnstyledButton
          className={small ? '' : (classes.user ?? '')}
          {...(small ? { p: 6 } : {})}
          aria-label={`${user.name}, ${where}: menu`}
        >
          <Avatar size={32} radius="xl" color="spruce" variant="filled">
            {initialsOf(user.name)}
          </Avatar>
          {!small && (
            <>
              <Box flex={1} miw={0}>
                <Text size="sm" fw={600} truncate lh={1.25}>
                  {user.name}
                </Text>
                <Text size="xs" c="dimmed" truncate lh={1.35}>
                  {where}
                </Text>
              </Box>
              <IconSelector size={16} aria-hidden />
            </>
          )}
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {user.email}
          {small && ` · ${where}`}
        </Menu.Label>
        {company !== null && (
          <Menu.Item
            leftSection={<IconUserCircle size={17} />}
            onClick={() => void navigate({ to: '/settings/$section', params: { section: 'account' } })}
          >
            Your account
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconKeyboard size={17} />} onClick={onHelp}>
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Item leftSection={<IconBook2 size={17} />} component="a" href="/docs" target="_blank" rel="noopener">
          API documents
        </Menu.Item>
        <Menu.Divider />
        <Box px="xs" py={6}>
          <SchemeChoice />
        </Box>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={17} />} onClick={() => signOut.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

function SchemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const face = (icon: typeof IconSun, label: string) => {
    const Icon = icon
    return (
      <Box component="span" display="flex" title={label}>
        <Icon size={17} aria-hidden />
        <Box component="span" className="lw-unseen">
          {label}
        </Box>
      </Box>
    )
  }
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      aria-label="Colours"
      value={colorScheme}
      onChange={(value) => setColorScheme(value === 'light' || value === 'dark' ? value : 'auto')}
      data={[
        { value: 'light', label: face(IconSun, 'Light') },
        { value: 'dark', label: face(IconMoon, 'Dark') },
        { value: 'auto', label: face(IconDeviceDesktop, 'As the system') },
      ]}
    />
  )
}
