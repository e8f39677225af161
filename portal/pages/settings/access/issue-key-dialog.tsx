import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { call } from '../../../api/client.ts'
import { keys } from '../../../api/keys.ts'
import { queryClient } from '../../../api/query-client.ts'
import type { IssuedApiKey } from '../../../api/types.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { CopyBlock } from '../kit/copy-block.tsx'
import { OnceDialog } from '../kit/once-dialog.tsx'
import { FormFault } from '../kit/settings-section.tsx'
import { useSettingsForm } from '../kit/use-settings-form.ts'

/** Asks what the key is for; then shows it, once, with a request to paste. */
export function IssueKeyDialog({ onClose }: { onClose: () => void }) {
  const [issued, setIssued] = useState<IssuedApiKey | null>(null)
  const { form, saving, fault, submit } = useSettingsForm({
    initialValues: { name: '' },
    validateInputOnBlur: false,
    validate: { name: (text) => (text.trim() === '' ? 'Name the program that will use it.' : null) },
    save: async ({ name }, idempotencyKey) => {
      setIssued(await call<IssuedApiKey>('/api-keys', { body: { name: name.trim() }, idempotencyKey }))
      void queryClient.invalidateQueries({ queryKey: keys.apiKeys })
    },
  })
  if (issued !== null) return <IssuedKeyDialog issued={issued} onDone={onClose} />
  return (
    <Dialog opened onClose={onClose} title="Issue a key">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <FormFault fault={fault} />
          <TextInput
            label="Name"
            description="The program that will use it."
            placeholder="Accounting export"
            required
            withAsterisk={false}
            maxLength={200}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={saving}>
              Issue
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}

function IssuedKeyDialog({ issued, onDone }: { issued: IssuedApiKey; onDone: () => void }) {
  return (
    <OnceDialog
      opened
      title="Your new key"
      warning="It is shown this once. With a user's e-mail and password, whoever has it can read and change your leads."
      onDone={onDone}
    >
      <CopyBlock label="Key" what="the key" text={issued.key} />
      <CopyBlock label="Try it in a terminal" what="the command" text={issued.example} />
      <Text size="sm" c="dimmed">
        Put your own password into the command before you send it.
      </Text>
    </OnceDialog>
  )
}
