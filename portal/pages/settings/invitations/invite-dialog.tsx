import { Alert, Button, Group, Radio, Stack, TextInput } from '@mantine/core'
import { IconMailCheck, IconSend } from '@tabler/icons-react'
import { useState } from 'react'
import { call } from '../../../api/client.ts'
import { keys } from '../../../api/keys.ts'
import { useSession } from '../../../api/queries/session.ts'
import { queryClient } from '../../../api/query-client.ts'
import type { IssuedInvitation, NewInvitation } from '../../../api/types.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { CopyBlock } from '../kit/copy-block.tsx'
import { OnceDialog } from '../kit/once-dialog.tsx'
import { FormFault } from '../kit/settings-section.tsx'
import { useSettingsForm } from '../kit/use-settings-form.ts'

type Values = NewInvitation & Record<string, unknown>

/** Asks for an address and a role; then shows the link, once. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { mail } = useSession()
  const [issued, setIssued] = useState<IssuedInvitation | null>(null)
  const { form, saving, fault, submit } = useSettingsForm<Values>({
    initialValues: { email: '', role: 'member' },
    validateInputOnBlur: false,
    validate: { email: (text) => (/^\S+@\S+$/.test(text.trim()) ? null : 'Enter an e-mail address.') },
    save: async ({ email, role }, idempotencyKey) => {
      setIssued(await call<IssuedInvitation>('/invitations', { body: { email: email.trim(), role }, idempotencyKey }))
      void queryClient.invalidateQueries({ queryKey: keys.invitations })
    },
  })
  if (issued !== null) return <IssuedDialog issued={issued} onDone={onClose} />
  return (
    <Dialog opened onClose={onClose} title="Invite somebody">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <FormFault fault={fault} />
          <TextInput
            label="E-mail"
            type="email"
            required
            withAsterisk={false}
            autoComplete="off"
            data-autofocus
            description={
              mail ? 'The invitation goes there.' : 'You get a link to pass on: this server sends no e-mail.'
            }
            {...form.getInputProps('email')}
          />
          <Radio.Group label="Role" {...form.getInputProps('role')}>
            <Stack gap="xs" mt={6}>
              <Radio value="member" label="Member" description="Does everything with leads." />
              <Radio value="admin" label="Admin" description="Also settings, users, tokens and keys." />
            </Stack>
          </Radio.Group>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={saving} leftSection={<IconSend size={16} aria-hidden />}>
              Invite
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}

function IssuedDialog({ issued, onDone }: { issued: IssuedInvitation; onDone: () => void }) {
  const { email } = issued.invitation
  return (
    <OnceDialog
      opened
      title={`${email} is invited`}
      warning={
        issued.sent
          ? 'The link is shown this once. You need it only if the e-mail does not arrive.'
          : 'The link is shown this once. No e-mail was sent: pass the link on yourself.'
      }
      done={issued.sent ? 'Done' : 'I have passed it on'}
      onDone={onDone}
    >
      {issued.sent && (
        <Alert color="spruce" variant="light" icon={<IconMailCheck />}>
          An e-mail with the link is on its way to {email}.
        </Alert>
      )}
      <CopyBlock label="Link of the invitation" what="the link" text={issued.link} />
    </OnceDialog>
  )
}
