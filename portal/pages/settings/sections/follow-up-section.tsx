import { Table, Text } from '@mantine/core'
import type { BoardStage } from '../../../api/keys.ts'
import type { CompanySettings } from '../../../api/queries/company.ts'
import { useLeadStatuses } from '../../../api/queries/lead-statuses.ts'
import { StageBadge } from '../../../ui/stage-badge.tsx'
import { type LeadStatus, STAGE_COLORS, STATUS_WORDS } from '../../../words.ts'
import { hoursOf, type Span, spanFault, spanOf } from '../hours.ts'
import { ClashNotice } from '../kit/clash-notice.tsx'
import { LeaveGuard } from '../kit/leave-guard.tsx'
import { SaveBar } from '../kit/save-bar.tsx'
import { AdminNotice, FormFault, SettingsSection } from '../kit/settings-section.tsx'
import { SpanInput } from '../kit/span-input.tsx'
import { useCompanyForm } from '../kit/use-company-form.ts'
import type { CompanyEdit } from '../queries.ts'

interface Times extends Record<string, unknown> {
  offerAnswerHours: Span
  followUpHours: { [S in LeadStatus]?: Span }
}

const STATUSES = Object.keys(STATUS_WORDS) as LeadStatus[]
/** In the order in which a lead comes by them. */
const STAGES = Object.keys(STAGE_COLORS) as BoardStage[]

function timesOf(company: CompanySettings): Times {
  const present = STATUSES.filter((status) => company.followUpHours[status] !== undefined)
  return {
    offerAnswerHours: spanOf(company.offerAnswerHours),
    followUpHours: Object.fromEntries(present.map((status) => [status, spanOf(company.followUpHours[status] ?? null)])),
  }
}

function faultsOf({ offerAnswerHours, followUpHours }: Times): Record<string, string> {
  const faults: [string, string | null][] = [
    ['offerAnswerHours', spanFault(offerAnswerHours, { atOnce: true })],
    ...Object.entries(followUpHours).map(([status, span]): [string, string | null] => [
      `followUpHours.${status}`,
      spanFault(span ?? null),
    ]),
  ]
  return Object.fromEntries(faults.flatMap(([path, fault]) => (fault === null ? [] : [[path, fault]])))
}

function editOfTimes({ offerAnswerHours, followUpHours }: Times): CompanyEdit {
  const hours = Object.entries(followUpHours).map(([status, span]) => [status, hoursOf(span ?? null)])
  return { offerAnswerHours: hoursOf(offerAnswerHours), followUpHours: Object.fromEntries(hours) }
}

/** After how long a lead on which nothing happens calls for the office. */
export function FollowUpSection({ company, canEdit }: { company: CompanySettings; canEdit: boolean }) {
  const stages = useStages()
  const { form, saving, fault, clash, discard, submit } = useCompanyForm<Times>({
    company,
    valuesOf: timesOf,
    editOf: editOfTimes,
    done: 'Follow-up times saved',
    validateInputOnBlur: false,
    validate: faultsOf,
  })
  const dirty = form.isDirty()
  const present = STATUSES.filter((status) => form.values.followUpHours[status] !== undefined)
  const place = (status: LeadStatus) => STAGES.indexOf(stages.get(status) ?? 'Declined')
  const shown = present.sort((a, b) => place(a) - place(b))
  return (
    <SettingsSection
      title="Follow-up times"
      about="A lead that stands at a status for this long without a new report requires action: it comes up on Today and is marked everywhere. Changed times hold from a lead's next change on."
    >
      {!canEdit && <AdminNotice what="change follow-up times" />}
      <form onSubmit={submit} noValidate>
        <FormFault fault={fault} />
        <ClashNotice clash={clash} />
        <Table verticalSpacing="xs" horizontalSpacing={0}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">While the status is</Table.Th>
              <Table.Th scope="col" visibleFrom="sm">
                Stage
              </Table.Th>
              <Table.Th scope="col">Requires action after</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            <TimeRow name="Offer not answered" stage="Offered">
              <SpanInput
                name="Offer not answered"
                atOnce
                disabled={!canEdit}
                {...form.getInputProps('offerAnswerHours')}
              />
            </TimeRow>
            {shown.map((status) => (
              <TimeRow key={status} name={STATUS_WORDS[status]} stage={stages.get(status) ?? null}>
                <SpanInput
                  name={STATUS_WORDS[status]}
                  disabled={!canEdit}
                  {...form.getInputProps(`followUpHours.${status}`)}
                />
              </TimeRow>
            ))}
          </Table.Tbody>
        </Table>
        {canEdit && <SaveBar dirty={dirty} saving={saving} onDiscard={discard} />}
      </form>
      <LeaveGuard dirty={dirty} />
    </SettingsSection>
  )
}

function useStages(): ReadonlyMap<LeadStatus, BoardStage> {
  const { data } = useLeadStatuses()
  return new Map((data?.statuses ?? []).map(({ status, boardStage }) => [status, boardStage]))
}

interface TimeRowProps {
  readonly name: string
  readonly stage: BoardStage | null
  readonly children: React.ReactNode
}

function TimeRow({ name, stage, children }: TimeRowProps) {
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500}>
        <Text size="sm" fw={500}>
          {name}
        </Text>
      </Table.Th>
      <Table.Td visibleFrom="sm">{stage !== null && <StageBadge stage={stage} />}</Table.Td>
      <Table.Td>{children}</Table.Td>
    </Table.Tr>
  )
}
