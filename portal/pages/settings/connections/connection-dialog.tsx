import { Accordion, Button, Group, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { addConnection, editConnection } from '../../../api/queries/connections.ts'
import type { Connection, ConnectionKind } from '../../../api/types.ts'
import { KIND_WORDS } from '../../../sync/sync-words.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import { FormFault } from '../kit/settings-section.tsx'
import { useSettingsForm } from '../kit/use-settings-form.ts'
import { type ConnectionValues, faultsOf, toEdit, toOrder, valuesOf } from './connection-values.ts'
import { CredentialFields } from './credential-fields.tsx'
import { PaceFields } from './pace-fields.tsx'
import { RuleFields } from './rule-fields.tsx'

interface Props {
  readonly kind: ConnectionKind
  /** Absent: a new one. */
  readonly connection?: Connection
  readonly onClose: () => void
}

const ABOUT: { readonly [K in ConnectionKind]: string } = {
  constructiononline:
    'All leads of the account come in first. From then on Leadwright looks there regularly, and sends what you change.',
  renovationfind:
    'You bring leads in by their number there. From then on your answers and status reports are sent for you.',
}

/** Connects an account, or changes what is set about one; what opens it need not be typed again. */
export function ConnectionDialog({ kind, connection, onClose }: Props) {
  const isNew = connection === undefined
  const [withCredentials, setWithCredentials] = useState(isNew)
  const { form, saving, fault, submit } = useSettingsForm<ConnectionValues>({
    initialValues: valuesOf(kind, connection ?? null),
    validateInputOnBlur: false,
    validate: (values) => faultsOf(kind, values, withCredentials || isMoved(values)),
    save: async (values, key) => {
      const asked = withCredentials || isMoved(values)
      if (isNew) await addConnection(toOrder(kind, values), key)
      else await editConnection(connection.id, toEdit(kind, values, asked))
      toastDone(isNew ? `${values.name.trim()} is connected.` : 'Saved.')
      onClose()
    },
  })
  const isMoved = ({ baseUrl }: ConnectionValues) => !isNew && baseUrl.trim().replace(/\/+$/, '') !== connection.baseUrl
  const mustGive = isMoved(form.getValues())
  return (
    <Dialog
      opened
      onClose={onClose}
      size="lg"
      title={isNew ? `Connect ${KIND_WORDS[kind]}` : `Edit “${connection.name}”`}
    >
      <form onSubmit={submit} noValidate autoComplete="off">
        <Stack gap="md">
          {isNew && (
            <Text size="sm" c="dimmed">
              {ABOUT[kind]}
            </Text>
          )}
          <FormFault fault={fault} />
          <TextInput
            label="Name"
            description="What your office calls the account."
            maxLength={200}
            required
            withAsterisk={false}
            {...form.getInputProps('name')}
          />
          <TextInput
            label="Address"
            description="Where the service is, beginning with https://."
            inputMode="url"
            maxLength={300}
            required
            withAsterisk={false}
            {...form.getInputProps('baseUrl')}
          />
          <CredentialFields
            kind={kind}
            form={form}
            hint={connection?.hint ?? ''}
            isOpen={withCredentials || mustGive}
            isMoved={mustGive}
            onOpen={() => setWithCredentials(true)}
          />
          {kind === 'constructiononline' && (
            <Switch
              label="Create our new leads there, too"
              description="A lead that comes from elsewhere, or that you write down, is made in this account as well."
              {...form.getInputProps('pushNew', { type: 'checkbox' })}
            />
          )}
          <Accordion variant="separated" radius="md" multiple>
            {kind === 'constructiononline' && (
              <Accordion.Item value="rules">
                <Accordion.Control>When both sides changed a field</Accordion.Control>
                <Accordion.Panel>
                  <RuleFields form={form} />
                </Accordion.Panel>
              </Accordion.Item>
            )}
            <Accordion.Item value="pace">
              <Accordion.Control>How often, and within which limits</Accordion.Control>
              <Accordion.Panel>
                <PaceFields form={form} />
              </Accordion.Panel>
            </Accordion.Item>
          </Accordion>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={saving}>
              {isNew ? 'Connect' : 'Save'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
