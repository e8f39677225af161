import { Button, Group, Stack } from '@mantine/core'
import { useState } from 'react'
import type { NewWebhookEndpoint, WebhookEndpoint } from '../../../api/types.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import { ClashNotice } from '../kit/clash-notice.tsx'
import { OnceDialog } from '../kit/once-dialog.tsx'
import { FormFault } from '../kit/settings-section.tsx'
import { type SettingsForm, useSettingsForm } from '../kit/use-settings-form.ts'
import { type Clash, useSharedForm } from '../kit/use-shared-form.ts'
import {
  EMPTY_ENDPOINT,
  ENDPOINT_RULES,
  EndpointFields,
  type EndpointValues,
  settingsOf,
  valuesOf,
} from './endpoint-fields.tsx'
import { SecretBlocks } from './secret-blocks.tsx'
import { addEndpoint, editEndpoint, lookAtEndpoint } from './webhook-queries.ts'

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
  return <NewEndpointDialog onAdded={setSecret} onClose={onClose} />
}

interface NewProps {
  readonly onAdded: (secret: string) => void
  readonly onClose: () => void
}

function NewEndpointDialog({ onAdded, onClose }: NewProps) {
  const settings = useSettingsForm<EndpointValues>({
    initialValues: EMPTY_ENDPOINT,
    validateInputOnBlur: false,
    validate: ENDPOINT_RULES,
    save: async (values, key) => onAdded((await addEndpoint(settingsOf(values), key)).secret),
  })
  return <EndpointDialog title="Add an endpoint" word="Add" settings={settings} onClose={onClose} />
}

export function EditEndpointDialog({ endpoint, onClose }: { endpoint: WebhookEndpoint; onClose: () => void }) {
  const { id } = endpoint
  const settings = useSharedForm<WebhookEndpoint, EndpointValues, NewWebhookEndpoint>({
    found: endpoint,
    valuesOf,
    editOf: settingsOf,
    validateInputOnBlur: false,
    validate: ENDPOINT_RULES,
    save: (edit, { version }) => editEndpoint(id, edit, version),
    look: () => lookAtEndpoint(id),
    onSaved: () => {
      toastDone('Endpoint saved')
      onClose()
    },
  })
  return (
    <EndpointDialog
      title="Change the endpoint"
      word="Save"
      settings={settings}
      clash={settings.clash}
      onClose={onClose}
    />
  )
}

interface Props {
  readonly title: string
  readonly word: string
  readonly settings: SettingsForm<EndpointValues>
  readonly clash?: Clash | null
  readonly onClose: () => void
}

function EndpointDialog({ title, word, settings, clash = null, onClose }: Props) {
  const { form, saving, fault, submit } = settings
  return (
    <Dialog opened onClose={onClose} title={title} size="lg">
      <form onSubmit={submit} noValidate autoComplete="off">
        <Stack gap="md">
          <FormFault fault={fault} />
          <ClashNotice clash={clash} />
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
