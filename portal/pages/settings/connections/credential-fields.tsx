import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconLock } from '@tabler/icons-react'
import type { ConnectionKind } from '../../../api/types.ts'
import { PasswordField } from '../../../ui/password-field.tsx'
import type { ConnectionValues } from './connection-values.ts'

interface Props {
  readonly kind: ConnectionKind
  readonly form: UseFormReturnType<ConnectionValues>
  /** Tells the kept credentials from others; empty for a new connection. */
  readonly hint: string
  readonly isOpen: boolean
  /** The address is another one, for which the kept credentials were not given. */
  readonly isMoved: boolean
  readonly onOpen: () => void
}

/** What opens the account. Those that are kept stay out of sight, and stay unless others are typed in. */
export function CredentialFields({ kind, form, hint, isOpen, isMoved, onOpen }: Props) {
  if (!isOpen) {
    return (
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <div>
          <Text size="sm" fw={500}>
            Credentials
          </Text>
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {hint} · kept encrypted
          </Text>
        </div>
        <Button variant="default" size="xs" onClick={onOpen} style={{ flexShrink: 0 }}>
          Replace
        </Button>
      </Group>
    )
  }
  return (
    <Stack gap="md">
      {isMoved && (
        <Alert color="sky" variant="light" p="sm" icon={<IconLock aria-hidden />}>
          <Text size="sm">The kept credentials belong to the old address: type in those for the new one.</Text>
        </Alert>
      )}
      {kind === 'renovationfind' ? <TokenField form={form} /> : <AccountFields form={form} />}
    </Stack>
  )
}

const COMMON = { required: true, withAsterisk: false, autoComplete: 'off' } as const

function TokenField({ form }: Pick<Props, 'form'>) {
  return (
    <PasswordField
      label="Token"
      description="From your vendor account there. Kept encrypted, and never shown again."
      {...COMMON}
      autoComplete="new-password"
      {...form.getInputProps('credentials.token')}
    />
  )
}

function AccountFields({ form }: Pick<Props, 'form'>) {
  return (
    <>
      <TextInput
        label="E-mail"
        description="Of the user of your account there."
        inputMode="email"
        {...COMMON}
        {...form.getInputProps('credentials.email')}
      />
      <PasswordField
        label="Password"
        {...COMMON}
        autoComplete="new-password"
        {...form.getInputProps('credentials.password')}
      />
      <PasswordField
        label="API key"
        description="Password and key are kept encrypted, and never shown again."
        {...COMMON}
        autoComplete="new-password"
        {...form.getInputProps('credentials.apiKey')}
      />
    </>
  )
}
