import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { queryClient } from '../../api/query-client.ts'
import type { AddedCompany } from '../../api/types.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { CopyBlock } from '../settings/kit/copy-block.tsx'
import { OnceDialog } from '../settings/kit/once-dialog.tsx'
import { FormFault } from '../settings/kit/settings-section.tsx'
import { useSettingsForm } from '../settings/kit/use-settings-form.ts'
import { addCompany } from './queries.ts'

const EMPTY = { name: '', email: '', password: '' }

/** Asks for a company and its first admin; then shows what its programs call with, once. */
export function AddCompanyDialog({ onClose }: { onClose: () => void }) {
  const [added, setAdded] = useState<AddedCompany | null>(null)
  const { form, saving, fault, submit } = useSettingsForm({
    initialValues: EMPTY,
    validateInputOnBlur: false,
    validate: {
      name: (text) => (text.trim() === '' ? 'Enter the name of the company.' : null),
      email: (text) => (/^\S+@\S+$/.test(text.trim()) ? null : 'Enter an e-mail address.'),
      password: (text) => (text === '' ? 'Enter a first password.' : null),
    },
    save: async ({ name, email, password }, key) => {
      setAdded(await addCompany({ name: name.trim(), email: email.trim(), password }, key))
      void queryClient.invalidateQueries({ queryKey: ['operator'] })
    },
  })
  if (added !== null) return <AddedDialog added={added} onDone={onClose} />
  return (
    <Dialog opened onClose={onClose} title="Add a company">
      <form onSubmit={submit} noValidate autoComplete="off">
        <Stack gap="md">
          <FormFault fault={fault} />
          <TextInput
            label="Company"
            required
            withAsterisk={false}
            maxLength={200}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <TextInput
            label="E-mail of its first admin"
            description="Signs in with it, and invites the others."
            type="email"
            required
            withAsterisk={false}
            {...form.getInputProps('email')}
          />
          <PasswordField
            label="First password"
            description="Pass it on by another way than the e-mail address; the admin can change it."
            required
            withAsterisk={false}
            autoComplete="new-password"
            {...form.getInputProps('password')}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={saving}>
              Add
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}

function AddedDialog({ added, onDone }: { added: AddedCompany; onDone: () => void }) {
  return (
    <OnceDialog
      opened
      title={`${added.name} is added`}
      warning="The token and the key are shown this once. The company's admin can issue others at any time."
      onDone={onDone}
    >
      <CopyBlock label="E-mail of the admin" what="the e-mail address" text={added.email} />
      <CopyBlock label="RenovationFind token" what="the token" text={added.token} />
      <CopyBlock label="ConstructionOnline key" what="the key" text={added.apiKey} />
    </OnceDialog>
  )
}
