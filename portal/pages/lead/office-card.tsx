import { Progress, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { Suspense, useState } from 'react'
import type { Lead } from '../../api/types.ts'
import { formatDate } from '../../format.ts'
import { lazyPart } from '../../ui/later.tsx'
import { MoneyText } from '../../ui/money-text.tsx'
import { fieldWord } from '../../words-fields.ts'
import { Card } from './card.tsx'
import { EditInPlace } from './edit-in-place.tsx'
import { Facts } from './facts.tsx'
import { SALES_FIELDS } from './fields.ts'
import { useQuickEdit } from './use-quick-edit.ts'

// It brings the list to choose from with it, which the rest of the page does without.
const AssigneeSelect = lazyPart(() => import('./assignee-select.tsx'), 'AssigneeSelect')
const SELECT_HEIGHT = 60

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
        <Suspense fallback={<Skeleton height={SELECT_HEIGHT} />}>
          <AssigneeSelect lead={lead} disabled={!canPlan} />
        </Suspense>
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
    <Stack gap={3} maw={140} pb={4}>
      <Text inherit className="lw-number">
        {value} of 100
      </Text>
      <Progress value={value} size="sm" aria-label={`Quality: ${value} of 100`} />
    </Stack>
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
