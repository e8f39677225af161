import { Button, Group, Stack } from '@mantine/core'
import { useState } from 'react'
import type { WebhookEndpoint } from '../../../api/types.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import { OnceDialog } from '../kit/once-dialog.tsx'
import { FormFault } from '../kit/settings-section.tsx'
import { useSettingsForm } from '../kit/use-settings-form.ts'
import {
  EMPTY_ENDPOINT,
  ENDPOINT_RULES,
  EndpointFields,
  type EndpointValues,
  settingsOf,
  valuesOf,
} from './endpoint-fields.tsx'
import { SecretBlocks } from './secret-blocks.tsx'
import { addEndpoint, editEndpoint } from './webhook-queries.ts'

/** Asks for an endpoint; then shows its secret, once. */
export function AddEndpointDialog({ onClose }: { onClose: () => void }) {
  const [secret, setSecret] = useState<string | null>(null)
  if (secret !== null) {
    return (
      <OnceDialog
        opened
        title="Your endpoint's secret"
        warning="It is shown this once. With it your receiver knows that a message is from here: keep it like a password."
        onDone={onClose}
      >
        <SecretBlocks secret={secret} />
      </OnceDialog>
    )
  }
  return (
    <EndpointDialog
      title="Add an endpoint"
      submit="Add"
      values={EMPTY_ENDPOINT}
      save={async (values) => setSecret((await addEndpoint(settingsOf(values))).secret)}
      onClose={onClose}
    />
  )
}

export function EditEndpointDialog({ endpoint, onClose }: { endpoint: WebhookEndpoint; onClose: () => void }) {
  return (
    <EndpointDialog
      title="Change the endpoint"
      submit="Save"
      values={valuesOf(endpoint)}
      save={async (values) => {
        await editEndpoint(endpoint.id, settingsOf(values))
        toastDone('Endpoint saved')
        onClose()
      }}
      onClose={onClose}
    />
  )
}

interface Props {
  readonly title: string
  readonly submit: string
  readonly values: EndpointValues
  readonly save: (values: EndpointValues) => Promise<void>
  readonly onClose: () => void
}

function EndpointDialog({ title, submit: word, values, save, onClose }: Props) {
  const { form, saving, fault, submit } = useSettingsForm<EndpointValues>({
    initialValues: values,
    validateInputOnBlur: false,
    validate: ENDPOINT_RULES,
    save,
  })
  return (
    <Dialog opened onClose={onClose} title={title} size="lg">
      <form onSubmit={submit} noValidate autoComplete="off">
        <Stack gap="md">
          <FormFault fault={fault} />
          <EndpointFields form={form} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={saving}>
              {word}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
