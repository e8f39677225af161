import { Button, Group, Stack, Text } from '@mantine/core'
import { call } from '../../../api/client.ts'
import { sessionQuery } from '../../../api/queries/session.ts'
import { queryClient } from '../../../api/query-client.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { PasswordField } from '../../../ui/password-field.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import { FormFault } from '../kit/settings-section.tsx'
import { useSettingsForm } from '../kit/use-settings-form.ts'

/** Takes the second factor away, against the password. */
export function TurnOffDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { form, saving, fault, submit } = useSettingsForm({
    initialValues: { password: '' },
    validateInputOnBlur: false,
    validate: { password: (text) => (text === '' ? 'Enter your password.' : null) },
    save: async ({ password }) => {
      await call('/me/two-factor', { method: 'DELETE', body: { password } })
      await queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
      form.reset()
      onClose()
      toastDone('Two-factor sign-in is off')
    },
  })
  const close = () => {
    form.reset()
    onClose()
  }
  return (
    <Dialog opened={opened} onClose={close} title="Turn off two-factor sign-in?" size="sm">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text size="sm">From then on your password alone lets in whoever knows it. Recovery codes stop working.</Text>
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
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" color="red" loading={saving}>
              Turn off
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
