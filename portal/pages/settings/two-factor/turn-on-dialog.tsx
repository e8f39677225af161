import { Box, Button, Group, PinInput, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { call } from '../../../api/client.ts'
import { sessionQuery } from '../../../api/queries/session.ts'
import { queryClient } from '../../../api/query-client.ts'
import type { RecoveryCodes, TwoFactorSetup } from '../../../api/types.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { messageOf } from '../../../ui/error-state.tsx'
import { PasswordField } from '../../../ui/password-field.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import { CopyBlock } from '../kit/copy-block.tsx'
import { FormFault } from '../kit/settings-section.tsx'
import { useSettingsForm } from '../kit/use-settings-form.ts'
import { QrCode } from './qr-code.tsx'
import { RecoveryCodesDialog } from './recovery-codes-dialog.tsx'

const CODE_LENGTH = 6

/** Password, scan, confirm, keep the recovery codes: only a confirmed phone turns the second factor on. */
export function TurnOnDialog({ onClose }: { onClose: () => void }) {
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const [setup, setSetup] = useState<TwoFactorSetup | null>(null)
  if (codes !== null) {
    const done = () => {
      void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
      toastDone('Two-factor sign-in is on')
      onClose()
    }
    return <RecoveryCodesDialog codes={codes} onDone={done} />
  }
  return (
    <Dialog opened onClose={onClose} title="Turn on two-factor sign-in" size="md">
      {setup === null ? (
        <PasswordStep onBegun={setSetup} onClose={onClose} />
      ) : (
        <Stack gap="lg">
          <ScanStep setup={setup} />
          <ConfirmStep onConfirmed={setCodes} onClose={onClose} />
        </Stack>
      )}
    </Dialog>
  )
}

interface PasswordProps {
  readonly onBegun: (setup: TwoFactorSetup) => void
  readonly onClose: () => void
}

/** Asks who it is: somebody at a screen that was left open must not lock its user out. */
function PasswordStep({ onBegun, onClose }: PasswordProps) {
  const { form, saving, fault, submit } = useSettingsForm({
    initialValues: { password: '' },
    validateInputOnBlur: false,
    validate: { password: (text) => (text === '' ? 'Enter your password.' : null) },
    save: async ({ password }) => onBegun(await call<TwoFactorSetup>('/me/two-factor', { body: { password } })),
  })
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text size="sm">First your password, then an authenticator app on your phone: it takes a minute.</Text>
        <FormFault fault={fault} />
        <PasswordField
          label="Password"
          required
          withAsterisk={false}
          autoComplete="current-password"
          data-autofocus
          {...form.getInputProps('password')}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={saving}>
            Go on
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function ScanStep({ setup }: { setup: TwoFactorSetup }) {
  const secret = setup.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')
  return (
    <Stack gap="sm">
      <Text fw={600}>1. Scan this with an authenticator app</Text>
      <Text size="sm" c="dimmed">
        Such as Google Authenticator, Microsoft Authenticator, 1Password or Aegis.
      </Text>
      <QrCode text={setup.uri} label="QR code for the authenticator app" />
      <CopyBlock label="No camera? Enter this key in the app" what="the key" text={secret} />
    </Stack>
  )
}

interface ConfirmProps {
  readonly onConfirmed: (codes: readonly string[]) => void
  readonly onClose: () => void
}

function ConfirmStep({ onConfirmed, onClose }: ConfirmProps) {
  const [code, setCode] = useState('')
  const labelId = useId()
  const errorId = useId()
  const confirm = useMutation({
    mutationFn: (digits: string) => call<RecoveryCodes>('/me/two-factor/confirm', { body: { code: digits } }),
    onSuccess: ({ recoveryCodes }) => onConfirmed(recoveryCodes),
    onError: () => setCode(''),
  })
  const send = (digits: string) => digits.length === CODE_LENGTH && !confirm.isPending && confirm.mutate(digits)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send(code)
      }}
    >
      <Stack gap="sm">
        <Text fw={600} id={labelId}>
          2. Enter the six digits that it shows
        </Text>
        <Box role="group" aria-labelledby={labelId} aria-describedby={confirm.isError ? errorId : undefined}>
          <PinInput
            length={CODE_LENGTH}
            type="number"
            oneTimeCode
            value={code}
            onChange={setCode}
            onComplete={send}
            error={confirm.isError}
            getInputProps={(index: number) => ({ 'aria-label': `Digit ${index + 1} of ${CODE_LENGTH}` })}
          />
        </Box>
        {confirm.isError && (
          <Text size="sm" c="var(--mantine-color-error)" id={errorId} role="alert">
            {messageOf(confirm.error)}
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={confirm.isPending} disabled={code.length < CODE_LENGTH}>
            Confirm
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
