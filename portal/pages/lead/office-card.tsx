import { Progress, Select, Stack, Text, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useUsers } from '../../api/queries/company.ts'
import { editLead } from '../../api/queries/lead.ts'
import { useSession } from '../../api/queries/session.ts'
import type { Lead, LeadEdit } from '../../api/types.ts'
import { formatDate } from '../../format.ts'
import { MoneyText } from '../../ui/money-text.tsx'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { fieldWord } from '../../words-fields.ts'
import { Card } from './card.tsx'
import { EditInPlace } from './edit-in-place.tsx'
import { Facts } from './facts.tsx'
import { SALES_FIELDS } from './fields.ts'

const NOBODY = 'none'

export interface OfficeCardProps {
  readonly lead: Lead
  /** Whether the sales fields may be changed; who and when may be, as long as the lead is there. */
  readonly canEdit: boolean
  readonly canPlan: boolean
}

/** What the office keeps for itself: who, when, how much. */
export function OfficeCard({ lead, canEdit, canPlan }: OfficeCardProps) {
  const [isEditing, setIsEditing] = useState(false)
  return (
    <Card title="Office" isEditing={isEditing} {...(canEdit ? { onEdit: () => setIsEditing(true) } : {})}>
      <Stack gap="md">
        <AssigneeSelect lead={lead} disabled={!canPlan} />
        <NextActionInput key={lead.nextActionDate ?? ''} lead={lead} disabled={!canPlan} />
        {isEditing ? (
          <EditInPlace lead={lead} fields={SALES_FIELDS} label="Office" onClose={() => setIsEditing(false)} />
        ) : (
          <Facts facts={factsOf(lead)} />
        )}
      </Stack>
    </Card>
  )
}

function factsOf(lead: Lead) {
  return [
    { label: fieldWord('value'), value: lead.value === null ? null : <MoneyText amount={lead.value} /> },
    { label: fieldWord('quality'), value: lead.quality === null ? null : <Quality value={lead.quality} /> },
    { label: fieldWord('type'), value: lead.type },
    { label: fieldWord('stage'), value: lead.stage },
    { label: fieldWord('sourceLabel'), value: lead.sourceLabel },
    { label: fieldWord('openedDate'), value: lead.openedDate === null ? null : formatDate(lead.openedDate) },
  ]
}

function Quality({ value }: { value: number }) {
  return (
    <Stack gap={3} maw={140}>
      <Text inherit className="lw-number">
        {value} of 100
      </Text>
      <Progress value={value} size="sm" aria-label={`Quality: ${value} of 100`} />
    </Stack>
  )
}

/** Saves one small change at once, and offers to take it back. */
function useQuickEdit(lead: Lead, back: LeadEdit) {
  return useMutation({
    mutationFn: ({ edit }: { edit: LeadEdit; said: string }) => editLead(lead.id, edit),
    onSuccess: (_, { said }) => toastDone(said, { undo: () => void editLead(lead.id, back).catch(toastFailed) }),
    onError: (error) => toastFailed(error),
  })
}

function AssigneeSelect({ lead, disabled }: { lead: Lead; disabled: boolean }) {
  const { user } = useSession()
  const users = useUsers()
  const edit = useQuickEdit(lead, { assigneeId: lead.assignee?.id ?? null })
  const current = lead.assignee
  const known = users.data?.filter(({ active, id }) => active || id === current?.id) ?? []
  const listed = current !== null && !known.some(({ id }) => id === current.id) ? [...known, current] : known
  const data = [
    { value: NOBODY, label: 'Nobody' },
    ...listed.map(({ id, name }) => ({ value: String(id), label: id === user.id ? `${name} (you)` : name })),
  ]
  const choose = (value: string | null) => {
    const id = value === null || value === NOBODY ? null : Number(value)
    if (id === (current?.id ?? null)) return
    const name = listed.find((each) => each.id === id)?.name
    edit.mutate({ edit: { assigneeId: id }, said: name === undefined ? 'Assigned to nobody.' : `Assigned to ${name}.` })
  }
  return (
    <Select
      label={fieldWord('assignee')}
      data={data}
      value={current === null ? NOBODY : String(current.id)}
      onChange={choose}
      allowDeselect={false}
      searchable={data.length > 8}
      disabled={disabled || edit.isPending}
    />
  )
}

function NextActionInput({ lead, disabled }: { lead: Lead; disabled: boolean }) {
  const [typed, setTyped] = useState(lead.nextActionDate ?? '')
  const edit = useQuickEdit(lead, { nextActionDate: lead.nextActionDate })
  const save = () => {
    const nextActionDate = typed === '' ? null : typed
    if (nextActionDate === lead.nextActionDate) return
    const said =
      nextActionDate === null ? 'The reminder is off.' : `Comes up on Today on ${formatDate(nextActionDate)}.`
    edit.mutate({ edit: { nextActionDate }, said })
  }
  return (
    <TextInput
      type="date"
      label={fieldWord('nextActionDate')}
      description="On this day the lead comes up on Today."
      value={typed}
      disabled={disabled}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={save}
      onKeyDown={(event) => event.key === 'Enter' && save()}
    />
  )
}
