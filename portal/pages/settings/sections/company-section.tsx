import { Select, Stack, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import type { CompanySettings } from '../../../api/queries/company.ts'
import { currencyOptions } from '../currencies.ts'
import { ClashNotice } from '../kit/clash-notice.tsx'
import { Facts } from '../kit/facts.tsx'
import { LeaveGuard } from '../kit/leave-guard.tsx'
import { SaveBar } from '../kit/save-bar.tsx'
import { AdminNotice, FormFault, SettingsSection } from '../kit/settings-section.tsx'
import { useCompanyForm } from '../kit/use-company-form.ts'
import { zoneOptions } from '../time-zones.ts'

const OPTIONS_SHOWN_MAX = 80

/** Name, currency and time zone. */
export function CompanySection({ company, canEdit }: { company: CompanySettings; canEdit: boolean }) {
  return (
    <SettingsSection title="Company" about="How the portal shows money, and which days reports count by.">
      {canEdit ? <CompanyForm company={company} /> : <CompanyFacts company={company} />}
    </SettingsSection>
  )
}

function CompanyFacts({ company: { name, currency, timeZone } }: { company: CompanySettings }) {
  const facts = [
    { label: 'Name', value: name },
    { label: 'Currency', value: labelOf(currencyOptions(currency), currency) },
    { label: 'Time zone', value: labelOf(zoneOptions(timeZone, new Date()), timeZone) },
  ]
  return (
    <>
      <AdminNotice what="change the company's settings" />
      <Facts facts={facts} />
    </>
  )
}

function labelOf(options: readonly { value: string; label: string }[], value: string): string {
  return options.find((option) => option.value === value)?.label ?? value
}

function basicsOf({ name, currency, timeZone }: CompanySettings) {
  return { name, currency, timeZone }
}

function CompanyForm({ company }: { company: CompanySettings }) {
  const { currency, timeZone } = company
  const zones = useMemo(() => [...zoneOptions(timeZone, new Date())], [timeZone])
  const currencies = useMemo(() => [...currencyOptions(currency)], [currency])
  const { form, saving, fault, clash, discard, submit } = useCompanyForm({
    company,
    valuesOf: basicsOf,
    editOf: (values) => values,
    done: 'Company saved',
    validate: { name: (text) => (text.trim() === '' ? 'Enter the name of the company.' : null) },
  })
  const dirty = form.isDirty()
  return (
    <>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <FormFault fault={fault} />
          <ClashNotice clash={clash} />
          <TextInput
            label="Name"
            required
            withAsterisk={false}
            maxLength={200}
            maw={420}
            {...form.getInputProps('name')}
          />
          <Select
            label="Currency"
            description="Amounts keep their numbers when you change it: nothing is converted."
            data={currencies}
            searchable
            allowDeselect={false}
            limit={OPTIONS_SHOWN_MAX}
            nothingFoundMessage="No such currency"
            maw={420}
            {...form.getInputProps('currency')}
          />
          <Select
            label="Time zone"
            description="Search for a city, or for an offset such as -05:00."
            data={zones}
            searchable
            allowDeselect={false}
            limit={OPTIONS_SHOWN_MAX}
            nothingFoundMessage="No such time zone"
            maw={420}
            {...form.getInputProps('timeZone')}
          />
        </Stack>
        <SaveBar dirty={dirty} saving={saving} onDiscard={discard} />
      </form>
      <LeaveGuard dirty={dirty} />
    </>
  )
}
