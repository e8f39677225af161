import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconClock, IconLock, IconPaperclip } from '@tabler/icons-react'
import { type ComponentType, type FormEvent, type ReactNode, useId } from 'react'
import { useLeadStatuses } from '../../api/queries/lead-statuses.ts'
import type { Lead, LeadCard } from '../../api/types.ts'
import { formatHours } from '../../format.ts'
import { ErrorState, messageOf } from '../../ui/error-state.tsx'
import { STATUS_WORDS } from '../../words.ts'
import { DateOrFlag } from './date-or-flag.tsx'
import { FieldInput } from './field-input.tsx'
import { type FormPart, type Rules, reportableStatuses, ruleOf, type StageName, type StatusRule } from './rules.ts'
import { type ReportedLead, reportedLead } from './send-report.ts'
import { StatusChoice } from './status-choice.tsx'
import classes from './status-form.module.css'
import { type StatusFormOptions, useStatusForm } from './use-status-form.ts'

export interface StatusFormProps extends Pick<StatusFormOptions, 'onSend' | 'onDone'> {
  readonly lead: Lead | LeadCard
  /** The status to begin with. */
  readonly initialStatus?: string
  /** Offers only the statuses of this stage. */
  readonly stage?: StageName
  readonly onCancel?: () => void
}

/** Reports a status. What it asks for and refuses comes from the served rule table alone. */
export function StatusForm(props: StatusFormProps) {
  const { data: rules, error, refetch } = useLeadStatuses()
  if (rules !== undefined) return <Form {...props} rules={rules} />
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />
  return (
    <Stack gap="sm" role="status" aria-label="Loading">
      <Skeleton height={14} width={120} />
      <Skeleton height={36} />
      <Skeleton height={36} width={140} />
    </Stack>
  )
}

function Form({ rules, stage, initialStatus, onCancel, ...props }: StatusFormProps & { rules: Rules }) {
  const lead = reportedLead(props.lead)
  const form = useStatusForm({ ...props, lead, rules, initialStatus: initialStatus ?? onlyStatus(rules, stage) })
  const uid = useId()
  const idOf = (name: string) => `${uid}-${name}`
  const rule = form.status === null ? null : ruleOf(rules, form.status)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const first = form.submit()
    if (first !== null) document.getElementById(idOf(first))?.focus()
  }
  const current = form.newest ?? lead
  if (ruleOf(rules, current.status)?.final) return <FinalNote status={current.status} isNews={form.newest !== null} />
  return (
    <form onSubmit={submit} noValidate aria-label="Report a status">
      <Stack gap="md">
        <StatusChoice
          id={idOf('status')}
          rules={rules}
          stage={stage}
          value={form.status}
          fault={form.faults['status']}
          onChange={form.choose}
        />
        {form.parts.map((part) => (
          <Part key={partName(part)} part={part} form={form} idOf={idOf} />
        ))}
        {rule !== null && <Notes rule={rule} lead={lead} />}
        <Failure form={form} />
        <Group justify="flex-end" gap="xs">
          {onCancel !== undefined && (
            <Button variant="default" onClick={onCancel}>
              Cancel
            </Button>
          )}
          <Button type="submit" loading={form.isSending} disabled={rule === null && onCancel === undefined}>
            {form.newest !== null ? 'Report all the same' : 'Report'}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** Where a stage has one status there is nothing to choose. */
function onlyStatus(rules: Rules, stage: StageName | undefined): string | null {
  const choices = stage === undefined ? [] : reportableStatuses(rules, stage)
  return choices.length === 1 ? (choices[0]?.status ?? null) : null
}

type FormState = ReturnType<typeof useStatusForm>

function partName(part: FormPart): string {
  return part.kind === 'field' ? part.field.name : part.date.name
}

function Part({ part, form, idOf }: { part: FormPart; form: FormState; idOf: (name: string) => string }) {
  const status = form.status ?? ''
  if (part.kind === 'either') {
    const { values, faults, change } = form
    return <DateOrFlag part={part} idOf={idOf} status={status} values={values} faults={faults} onChange={change} />
  }
  const { name } = part.field
  return (
    <FieldInput
      id={idOf(name)}
      field={part.field}
      status={status}
      required={part.required}
      value={form.values[name]}
      fault={form.faults[name]}
      onChange={(value) => form.change(name, value)}
    />
  )
}

/** What the status brings with it. */
function Notes({ rule, lead }: { rule: StatusRule; lead: ReportedLead }) {
  const isFileMissing = rule.attachmentSoftRequired && lead.attachmentCount === 0
  return (
    <Stack gap={8}>
      {rule.final && (
        <Note icon={IconLock} isWarning>
          “{STATUS_WORDS[rule.status]}” is final: afterwards neither the status nor the amount can be changed, here or
          through an API.
        </Note>
      )}
      {isFileMissing && (
        <Note icon={IconPaperclip}>
          A file is expected, such as the signed contract. You can report now; the lead requires action until one is
          attached.
        </Note>
      )}
      {rule.followUpHours !== null && (
        <Note icon={IconClock}>
          Without further news it requires action again in {formatHours(rule.followUpHours)}.
        </Note>
      )}
    </Stack>
  )
}

interface NoteProps {
  readonly icon: ComponentType<{ size?: number; 'aria-hidden'?: boolean }>
  readonly isWarning?: boolean
  readonly children: ReactNode
}

function Note({ icon: Icon, isWarning = false, children }: NoteProps) {
  return (
    <Group
      gap={8}
      wrap="nowrap"
      align="flex-start"
      className={classes['note'] ?? ''}
      data-warning={isWarning || undefined}
    >
      <Icon size={17} aria-hidden />
      <Text size="sm" component="p">
        {children}
      </Text>
    </Group>
  )
}

function Failure({ form: { failure, newest } }: { form: FormState }) {
  if (failure === null) return null
  if (newest === null) {
    return (
      <Alert color="red" variant="light" icon={<IconAlertTriangle />} title="The status was not reported" role="alert">
        {messageOf(failure)}
      </Alert>
    )
  }
  return (
    <Alert color="yellow" variant="light" icon={<IconAlertTriangle />} title="Someone changed this lead" role="alert">
      It is now at “{STATUS_WORDS[newest.status]}”. Your report was not sent; what you filled in is still here. Send it
      all the same if it still holds.
    </Alert>
  )
}

function FinalNote({ status, isNews }: { status: Lead['status']; isNews: boolean }) {
  return (
    <Alert
      color="gray"
      variant="light"
      icon={<IconLock />}
      title={`“${STATUS_WORDS[status]}” is final`}
      {...(isNews ? { role: 'alert' } : {})}
    >
      {isNews && 'Someone reported it before you; your report was not sent. '}Neither the status nor the amount of this
      lead can be changed any more.
    </Alert>
  )
}
