import { Badge, Button, Group, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconShieldCheck, IconShieldOff } from '@tabler/icons-react'
import { Suspense } from 'react'
import { useSession } from '../../../api/queries/session.ts'
import { lazyPart } from '../../../ui/later.tsx'
import { SettingsSection } from '../kit/settings-section.tsx'
import { TurnOffDialog } from './turn-off-dialog.tsx'

// With it comes the QR code, which few visits need.
const TurnOnDialog = lazyPart(() => import('./turn-on-dialog.tsx'), 'TurnOnDialog')

/** A code of the phone beside the password. */
export function TwoFactorSection() {
  const { user } = useSession()
  const [isTurningOn, on] = useDisclosure(false)
  const [isTurningOff, off] = useDisclosure(false)
  return (
    <SettingsSection
      title="Two-factor sign-in"
      about="With it, a stolen password alone does not let anybody in: signing in also takes a code from an app on your phone."
    >
      <Group justify="space-between">
        <Group gap="xs">
          {user.twoFactor ? <IconShieldCheck aria-hidden /> : <IconShieldOff aria-hidden />}
          <Text fw={500}>Your sign-in is</Text>
          <Badge tt="none" color={user.twoFactor ? 'leaf' : 'gray'} variant="light">
            {user.twoFactor ? 'Password and code' : 'Password only'}
          </Badge>
        </Group>
        {user.twoFactor ? (
          <Button variant="default" onClick={off.open}>
            Turn off
          </Button>
        ) : (
          <Button onClick={on.open}>Turn on</Button>
        )}
      </Group>
      {isTurningOn && (
        <Suspense>
          <TurnOnDialog onClose={on.close} />
        </Suspense>
      )}
      <TurnOffDialog opened={isTurningOff} onClose={off.close} />
    </SettingsSection>
  )
}
