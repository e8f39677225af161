import { Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { call } from '../../../api/client.ts'
import { keys } from '../../../api/keys.ts'
import { queryClient } from '../../../api/query-client.ts'
import type { IssuedToken } from '../../../api/types.ts'
import { formatInstant } from '../../../format.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { CopyBlock } from '../kit/copy-block.tsx'
import { OnceDialog } from '../kit/once-dialog.tsx'
import { FormFault } from '../kit/settings-section.tsx'
import { useSettingsForm } from '../kit/use-settings-form.ts'

const LIVES = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: '1 year' },
  { value: '1825', label: '5 years' },
]
const LIFE_USUAL = '365'

/** Asks what the token is for; then shows it, once, with a request to paste. */
export function IssueTokenDialog({ onClose }: { onClose: () => void }) {
  const [issued, setIssued] = useState<IssuedToken | null>(null)
  const { form, saving, fault, submit } = useSettingsForm({
    initialValues: { name: '', days: LIFE_USUAL },
    validateInputOnBlur: false,
    validate: { name: (text) => (text.trim() === '' ? 'Name the program that will use it.' : null) },
    save: async ({ name, days }, idempotencyKey) => {
      const body = { name: name.trim(), days: Number(days) }
      setIssued(await call<IssuedToken>('/tokens', { body, idempotencyKey }))
      void queryClient.invalidateQueries({ queryKey: keys.tokens })
    },
  })
  if (issued !== null) return <IssuedTokenDialog issued={issued} onDone={onClose} />
  return (
    <Dialog opened onClose={onClose} title="Issue a token">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <FormFault fault={fault} />
          <TextInput
            label="Name"
            description="The program that will use it."
            placeholder="Website sync"
            required
            withAsterisk={false}
            maxLength={200}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <Select label="Good for" data={LIVES} allowDeselect={false} {...form.getInputProps('days')} />
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

function IssuedTokenDialog({ issued, onDone }: { issued: IssuedToken; onDone: () => void }) {
  return (
    <OnceDialog
      opened
      title="Your new token"
      warning="It is shown this once. Whoever has it can read and change your leads: keep it like a password."
      onDone={onDone}
    >
      <CopyBlock label="Token" what="the token" text={issued.token} />
      <CopyBlock label="Try it in a terminal" what="the command" text={issued.example} />
      <Text size="sm" c="dimmed">
        Good until {formatInstant(issued.expiresAt)}
      </Text>
    </OnceDialog>
  )
}
