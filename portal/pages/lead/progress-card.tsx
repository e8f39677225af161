import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { IconClockExclamation } from '@tabler/icons-react'
import { Suspense, useEffect, useRef, useState } from 'react'
import { putLead } from '../../api/queries/lead.ts'
import type { Lead } from '../../api/types.ts'
import { formatDate } from '../../format.ts'
import { lazyPart } from '../../ui/later.tsx'
import { MoneyText } from '../../ui/money-text.tsx'
import { ListSkeleton } from '../../ui/skeletons.tsx'
import { TimeAgo } from '../../ui/time-text.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { CHOICE_WORDS, REPORT_FIELD_WORDS, STATUS_WORDS } from '../../words.ts'
import { Card } from './card.tsx'
import { type Fact, Facts } from './facts.tsx'
import classes from './lead.module.css'
import { StagePath } from './stage-path.tsx'

const StatusForm = lazyPart(() => import('../../lead/status-form/status-form.tsx'), 'StatusForm')
const FINAL_STAGE = 'Won'

/** How far the lead has come, and the form that says what happened next. */
export function ProgressCard({ lead, canReport }: { lead: Lead; canReport: boolean }) {
  const [isReporting, setIsReporting] = useState(false)
  const done = (after: Lead) => {
    putLead(after)
    toastDone(`Reported: ${STATUS_WORDS[after.status].toLowerCase()}.`)
    setIsReporting(false)
  }
  const start = useRef<HTMLButtonElement>(null)
  const wasReporting = useRef(false)
  useEffect(() => {
    if (wasReporting.current && !isReporting) start.current?.focus()
    wasReporting.current = isReporting
  }, [isReporting])
  const canStart = canReport && !isReporting && lead.boardStage !== FINAL_STAGE
  return (
    <Card title="Progress">
      <StagePath stage={lead.boardStage} />
      <Stack gap="md">
        <DueNote lead={lead} />
        <Group justify="space-between" align="flex-end" gap="sm">
          <div>
            <Text fw={620}>{STATUS_WORDS[lead.status]}</Text>
            <Text size="sm" c="dimmed">
              {lead.statusAt === null ? 'Nothing was reported yet' : <TimeAgo at={lead.statusAt} />}
            </Text>
          </div>
          {canStart && (
            <Button ref={start} onClick={() => setIsReporting(true)}>
              Report what happened
            </Button>
          )}
        </Group>
        {!isReporting && <Facts facts={factsOf(lead)} />}
        {isReporting && (
          <div tabIndex={-1} ref={takeFocus} className={classes.quiet ?? ''}>
            <Suspense fallback={<ListSkeleton rows={2} height={40} />}>
              <StatusForm lead={lead} onDone={done} onCancel={() => setIsReporting(false)} />
            </Suspense>
          </div>
        )}
      </Stack>
    </Card>
  )
}

/** The button that had it is gone; the form that comes is next. */
function takeFocus(element: HTMLElement | null): void {
  element?.focus()
}

function DueNote({ lead }: { lead: Lead }) {
  if (!lead.requiresAction || lead.action === 'NONE') return null
  const lacksFile = lead.boardStage === FINAL_STAGE && lead.attachments.length === 0
  return (
    <Alert color="amber" variant="light" icon={<IconClockExclamation />} p="sm">
      <Text size="sm">
        {lacksFile
          ? 'A won lead needs its contract or proposal: attach the file below.'
          : 'This lead has waited for a report longer than your follow-up time.'}
      </Text>
    </Alert>
  )
}

function factsOf(lead: Lead): Fact[] {
  const word = (value: string | null) => (value === null ? null : (CHOICE_WORDS[value] ?? value))
  const date = (value: string | null, isOpen: boolean | null) => {
    if (isOpen === true) return 'To be determined'
    return value === null ? null : formatDate(value)
  }
  return [
    {
      label: REPORT_FIELD_WORDS.jobAmount,
      value: lead.jobAmount === null ? null : <MoneyText amount={lead.jobAmount} />,
    },
    { label: REPORT_FIELD_WORDS.meetingDate, value: date(lead.meetingDate, null) },
    { label: REPORT_FIELD_WORDS.startDate, value: date(lead.startDate, lead.startDateTbd) },
    { label: REPORT_FIELD_WORDS.completionDate, value: date(lead.completionDate, lead.completionDateTbd) },
    { label: REPORT_FIELD_WORDS.contactMethod, value: word(lead.contactMethod) },
    { label: REPORT_FIELD_WORDS.estimateType, value: word(lead.estimateType) },
    { label: REPORT_FIELD_WORDS.lostReason, value: word(lead.lostReason) },
    { label: REPORT_FIELD_WORDS.reason, value: lead.reason },
  ]
}
