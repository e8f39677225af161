import { Button, Fieldset, Group, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useState } from 'react'
import { newKey } from '../../api/client.ts'
import { queryClient } from '../../api/query-client.ts'
import type { OperatorCompany } from '../../api/types.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { FormFault } from '../settings/kit/settings-section.tsx'
import { useSettingsForm } from '../settings/kit/use-settings-form.ts'
import { CompanyChooser } from './company-chooser.tsx'
import { EMPTY_OFFER, type OfferFields, offerFault, offerOf } from './offer-fields.ts'
import { offerLead } from './queries.ts'

interface Props {
  /** The company that it is for; null leaves the choice to the form. */
  readonly company: OperatorCompany | null
  readonly onClose: () => void
}

interface Values extends OfferFields, Record<string, unknown> {
  companyId: string | null
}

/** A lead for a company, which then accepts or declines it. */
export function OfferDialog({ company, onClose }: Props) {
  const isPhone = useMediaQuery('(max-width: 48em)')
  const [key] = useState(newKey)
  const { form, saving, fault, submit } = useSettingsForm<Values>({
    initialValues: { companyId: company === null ? null : String(company.id), ...EMPTY_OFFER },
    validateInputOnBlur: false,
    validate: (values) => ({
      companyId: values.companyId === null ? 'Choose the company that gets the lead.' : null,
      lastName: offerFault(values),
    }),
    save: async ({ companyId, ...fields }) => {
      const { id } = await offerLead({ companyId: Number(companyId), lead: offerOf(fields) }, key)
      void queryClient.invalidateQueries({ queryKey: ['operator'] })
      toastDone(`Lead ${id} is offered`)
      onClose()
    },
  })
  return (
    <Dialog opened onClose={onClose} title="Offer a lead" size="lg" fullScreen={isPhone === true}>
      <form onSubmit={submit} noValidate autoComplete="off">
        <Stack gap="md">
          <FormFault fault={fault} />
          <CompanyChooser chosen={company} {...form.getInputProps('companyId')} />
          <Fieldset legend={<Text fw={650}>Homeowner</Text>} variant="unstyled" mx={0}>
            <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
              <TextInput label="First name" {...form.getInputProps('firstName')} />
              <TextInput label="Last name" {...form.getInputProps('lastName')} />
              <TextInput label="E-mail" type="email" {...form.getInputProps('email')} />
              <TextInput label="Phone" type="tel" {...form.getInputProps('phone')} />
              <TextInput label="Address" {...form.getInputProps('address')} />
              <TextInput label="City" {...form.getInputProps('city')} />
              <TextInput label="State or province" {...form.getInputProps('state')} />
              <TextInput label="ZIP or postal code" {...form.getInputProps('zip')} />
            </SimpleGrid>
          </Fieldset>
          <Fieldset legend={<Text fw={650}>Request</Text>} variant="unstyled" mx={0}>
            <Stack gap="sm">
              <TextInput label="Category" placeholder="Kitchen renovation" {...form.getInputProps('category')} />
              <Textarea
                label="What the homeowner wants"
                autosize
                minRows={3}
                maxRows={10}
                {...form.getInputProps('originalDescription')}
              />
            </Stack>
          </Fieldset>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={saving}>
              Offer
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
