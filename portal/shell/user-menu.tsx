import { Avatar, Box, Menu, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core'
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
        <UnstyledButton className={small ? '' : (classes.user ?? '')} {...(small ? { p: 6 } : {})}>
          <Avatar size={32} radius="xl" color="spruce" variant="filled" aria-hidden>
            {initialsOf(user.name)}
          </Avatar>
          {small && <span className="lw-unseen">Your menu</span>}
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
        <Menu.Item
          leftSection={<IconUserCircle size={17} />}
          onClick={() => void navigate({ to: '/settings/$section', params: { section: 'profile' } })}
        >
          Your account
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={17} />} onClick={onHelp}>
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Item leftSection={<IconBook2 size={17} />} component="a" href="/docs" target="_blank" rel="noopener">
          API documents
        </Menu.Item>
        <Menu.Divider />
        <SchemeItems />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={17} />} onClick={() => signOut.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

const SCHEMES = [
  { value: 'light', label: 'Light colours', icon: IconSun },
  { value: 'dark', label: 'Dark colours', icon: IconMoon },
  { value: 'auto', label: 'Colours of the system', icon: IconDeviceDesktop },
] as const

function SchemeItems() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(schemeOf(value))}>
      {SCHEMES.map(({ value, label, icon: Icon }) => (
        <Menu.RadioItem key={value} value={value} rightSection={<Icon size={17} />}>
          {label}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  )
}

function schemeOf(value: string) {
  return SCHEMES.find((scheme) => scheme.value === value)?.value ?? 'auto'
}
