import { Stack, Switch, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { call } from '../../../api/client.ts'
import { keepSession, useSession } from '../../../api/queries/session.ts'
import type { Session } from '../../../api/types.ts'
import { PasswordField } from '../../../ui/password-field.tsx'
import { toastDone, toastFailed } from '../../../ui/toast.tsx'
import { LeaveGuard } from '../kit/leave-guard.tsx'
import { SaveBar } from '../kit/save-bar.tsx'
import { FormFault, SettingsSection } from '../kit/settings-section.tsx'
import { useSettingsForm } from '../kit/use-settings-form.ts'
import { TwoFactorSection } from '../two-factor/two-factor-section.tsx'

/** The user's own name, mails, password and second factor. */
export function ProfileSection() {
  return (
    <>
      <NameSection />
      <DigestSection />
      <PasswordSection />
      <TwoFactorSection />
    </>
  )
}

async function saveMe(
  edit: { name: string } | { digest: boolean } | { currentPassword: string; password: string },
): Promise<Session> {
  return keepSession(await call<Session>('/me', { method: 'PATCH', body: edit }))
}

function NameSection() {
  const { user } = useSession()
  const { form, saving, fault, submit } = useSettingsForm({
    initialValues: { name: user.name },
    validate: { name: (text) => (text.trim() === '' ? 'Enter your name.' : null) },
    save: async ({ name }) => {
      const saved = await saveMe({ name })
      form.setInitialValues({ name: saved.user.name })
      form.reset()
      toastDone('Name saved')
    },
  })
  const dirty = form.isDirty()
  return (
    <SettingsSection title="You" about="Your name stands in the timeline of every lead that you work on.">
      <form onSubmit={submit} noValidate>
        <Stack gap="md" maw={420}>
          <FormFault fault={fault} />
          <TextInput
            label="Name"
            required
            withAsterisk={false}
            maxLength={200}
            autoComplete="name"
            {...form.getInputProps('name')}
          />
          <TextInput label="E-mail" description="You sign in with it." value={user.email} readOnly variant="filled" />
        </Stack>
        <SaveBar dirty={dirty} saving={saving} onDiscard={() => form.reset()} />
      </form>
      <LeaveGuard dirty={dirty} />
    </SettingsSection>
  )
}

/** Saved at once, as switches are. Without a mail server there is nothing to switch. */
function DigestSection() {
  const { user, company, mail } = useSession()
  const { mutate, isPending } = useMutation({
    mutationFn: (digest: boolean) => saveMe({ digest }),
    onSuccess: (session) => toastDone(session.user.digest ? 'You get a mail each morning' : 'No more mails'),
    onError: (error) => toastFailed(error),
  })
  if (company === null || (!mail && !user.digest)) return null
  return (
    <SettingsSection
      title="Mail of the morning"
      about="At seven, in the company’s time zone: your leads that require action, your next actions, and the offers that wait. None when there is nothing."
    >
      <Switch
        label="Send me a mail each morning"
        checked={user.digest}
        disabled={isPending}
        onChange={(event) => mutate(event.currentTarget.checked)}
      />
    </SettingsSection>
  )
}

const EMPTY = { currentPassword: '', password: '', repeated: '' }
const PASSWORD_LENGTH_MIN = 12

function PasswordSection() {
  const { form, saving, fault, submit } = useSettingsForm({
    initialValues: EMPTY,
    validate: {
      currentPassword: (text) => (text === '' ? 'Enter the password that you have now.' : null),
      password: (text) => (text.length < PASSWORD_LENGTH_MIN ? `At least ${PASSWORD_LENGTH_MIN} characters.` : null),
      repeated: (text, { password }) => (text === password ? null : 'The two new passwords differ.'),
    },
    validateInputOnBlur: false,
    save: async ({ currentPassword, password }) => {
      await saveMe({ currentPassword, password })
      form.reset()
      toastDone('Password changed')
    },
  })
  const { user } = useSession()
  return (
    <SettingsSection title="Password" about="A few words in a row are easy to remember and hard to guess.">
      <form onSubmit={submit} noValidate>
        <input type="text" autoComplete="username" value={user.email} readOnly hidden />
        <Stack gap="md" maw={420}>
          <FormFault fault={fault} />
          <PasswordField
            label="Current password"
            required
            withAsterisk={false}
            autoComplete="current-password"
            {...form.getInputProps('currentPassword')}
          />
          <PasswordField
            label="New password"
            description={`At least ${PASSWORD_LENGTH_MIN} characters.`}
            required
            withAsterisk={false}
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
          <PasswordField
            label="New password again"
            required
            withAsterisk={false}
            autoComplete="new-password"
            {...form.getInputProps('repeated')}
          />
        </Stack>
        <SaveBar dirty={form.isDirty()} saving={saving} save="Change password" onDiscard={() => form.reset()} />
      </form>
    </SettingsSection>
  )
}
