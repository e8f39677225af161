import { SimpleGrid } from '@mantine/core'
import type { CompanySettings } from '../../../api/queries/company.ts'
import { ClashNotice } from '../kit/clash-notice.tsx'
import { LeaveGuard } from '../kit/leave-guard.tsx'
import { SaveBar } from '../kit/save-bar.tsx'
import { AdminNotice, FormFault, SettingsSection } from '../kit/settings-section.tsx'
import { useCompanyForm } from '../kit/use-company-form.ts'
import { WordListInput } from '../kit/word-list-input.tsx'

interface Lists extends Record<string, unknown> {
  categories: string[]
  types: string[]
  stages: string[]
  sources: string[]
}

const LISTS = [
  { name: 'categories', label: 'Categories', description: 'What the job is, such as Kitchen renovation.' },
  { name: 'types', label: 'Types', description: 'What kind of customer or lead, such as Residential.' },
  { name: 'stages', label: 'Stages', description: "The office's own steps; ConstructionOnline calls them LEAD_STAGE." },
  { name: 'sources', label: 'Sources', description: 'Where a lead heard of you, such as Referral.' },
] as const

function listsOf({ categories, types, stages, sources }: CompanySettings): Lists {
  return { categories, types, stages, sources }
}

/** The words that the lead form offers. */
export function ListsSection({ company, canEdit }: { company: CompanySettings; canEdit: boolean }) {
  const { form, saving, fault, clash, discard, submit } = useCompanyForm<Lists>({
    company,
    valuesOf: listsOf,
    editOf: (values) => values,
    done: 'Lists saved',
  })
  const dirty = form.isDirty()
  return (
    <SettingsSection
      title="Lists"
      about="The words that the lead form offers, in this order. Leads keep the words that they have, and programs may send others."
    >
      {!canEdit && <AdminNotice what="change the lists" />}
      <form onSubmit={submit} noValidate>
        <FormFault fault={fault} />
        <ClashNotice clash={clash} />
        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl" verticalSpacing="lg">
          {LISTS.map(({ name, label, description }) => (
            <WordListInput
              key={name}
              label={label}
              description={description}
              disabled={!canEdit}
              {...form.getInputProps(name)}
            />
          ))}
        </SimpleGrid>
        {canEdit && <SaveBar dirty={dirty} saving={saving} onDiscard={discard} />}
      </form>
      <LeaveGuard dirty={dirty} />
    </SettingsSection>
  )
}
