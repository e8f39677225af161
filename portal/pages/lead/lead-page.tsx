import { Alert, Button, Stack, Text } from '@mantine/core'
import { IconArrowLeft, IconMapQuestion, IconTrash } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { ApiProblem } from '../../api/client.ts'
import { markViewed, restoreLead, useLead } from '../../api/queries/lead.ts'
import type { Lead } from '../../api/types.ts'
import { formatInstant } from '../../format.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { ButtonLink } from '../../ui/links.tsx'
import { usePageTitle } from '../../ui/page-header.tsx'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { ConflictsCard } from './conflicts-card.tsx'
import { ContactBar } from './contact-bar.tsx'
import { CustomerCard } from './customer-card.tsx'
import { DuplicatesNote } from './duplicates-note.tsx'
import { FilesCard } from './files-card.tsx'
import classes from './lead.module.css'
import { LeadHeader } from './lead-header.tsx'
import { LeadSkeleton } from './lead-skeleton.tsx'
import { NotesCard } from './notes-card.tsx'
import { OfferCard } from './offer-card.tsx'
import { OfficeCard } from './office-card.tsx'
import { ProgressCard } from './progress-card.tsx'
import { RecordFacts } from './record-facts.tsx'
import { RequestCard } from './request-card.tsx'
import { TimelineCard } from './timeline-card.tsx'

const LEAD_ID = /^[1-9]\d{0,15}$/

/** Everything about one lead, and everything that can be done with it. */
export function LeadPage() {
  const { leadId } = useParams({ from: '/inside/leads/$leadId' })
  // A new lead is a new page: nothing half-typed goes over to it.
  return LEAD_ID.test(leadId) ? <LoadedLead key={leadId} id={Number(leadId)} /> : <MissingLead />
}

function LoadedLead({ id }: { id: number }) {
  const lead = useLead(id)
  useMarkedViewed(lead.data?.data)
  if (lead.data !== undefined) return <LeadBody lead={lead.data.data} />
  if (lead.error instanceof ApiProblem && lead.error.status === 404) return <MissingLead />
  if (lead.error !== null) return <ErrorState error={lead.error} onRetry={() => void lead.refetch()} />
  return <LeadSkeleton />
}

function LeadBody({ lead }: { lead: Lead }) {
  const isThere = lead.deletedAt === null
  const isOurs = isThere && lead.action === 'ACCEPTED'
  return (
    <>
      <LeadHeader lead={lead} />
      <Stack gap="lg">
        {!isThere && <DeletedNote lead={lead} />}
        {isThere && lead.action === 'NONE' && <OfferCard lead={lead} />}
        {lead.action === 'DECLINED' && <DeclinedNote lead={lead} />}
        <ContactBar lead={lead} />
        {isThere && <ConflictsCard leadId={lead.id} />}
        {isOurs && <DuplicatesNote lead={lead} />}
        <div className={classes.columns ?? ''}>
          <div className={classes.column ?? ''}>
            {lead.action === 'ACCEPTED' && <ProgressCard lead={lead} canReport={isOurs} />}
            <RequestCard lead={lead} canEdit={isOurs} />
          </div>
          <div className={`${classes.column} ${classes.beside}`}>
            {lead.action === 'ACCEPTED' && <CustomerCard lead={lead} canEdit={isOurs} />}
            <OfficeCard lead={lead} canEdit={isOurs} canPlan={isThere} />
            <NotesCard lead={lead} canEdit={isThere} />
            <RecordFacts lead={lead} />
          </div>
          <div className={classes.column ?? ''}>
            <FilesCard lead={lead} canAttach={isOurs} />
            <TimelineCard leadId={lead.id} />
          </div>
        </div>
      </Stack>
    </>
  )
}

/** Tells the server once that somebody has seen the lead. */
function useMarkedViewed(lead: Lead | undefined): void {
  const told = useRef(false)
  useEffect(() => {
    if (lead === undefined || lead.viewed || lead.deletedAt !== null || told.current) return
    told.current = true
    // Not worth a word to the user; the next visit tries again.
    markViewed(lead.id).catch(() => undefined)
  }, [lead])
}

function DeletedNote({ lead }: { lead: Lead }) {
  const restore = useMutation({
    mutationFn: () => restoreLead(lead.id),
    onSuccess: () => toastDone(`${lead.name} is back.`),
    onError: (error) => toastFailed(error),
  })
  return (
    <Alert color="gray" variant="light" icon={<IconTrash />} title="This lead is deleted">
      <Text size="sm" mb="sm">
        {lead.deletedAt !== null && `Deleted on ${formatInstant(lead.deletedAt)}. `}It stands in no list any more, but
        nothing of it is lost.
      </Text>
      <Button size="sm" loading={restore.isPending} onClick={() => restore.mutate()}>
        Restore
      </Button>
    </Alert>
  )
}

function DeclinedNote({ lead }: { lead: Lead }) {
  return (
    <Alert color="gray" variant="light" title="This offer was declined">
      <Text size="sm">
        {lead.actionAt !== null && `On ${formatInstant(lead.actionAt)}. `}
        {lead.declineReason !== null && `Reason: ${lead.declineReason}`}
      </Text>
    </Alert>
  )
}

function MissingLead() {
  usePageTitle('No such lead')
  return (
    <EmptyState
      icon={IconMapQuestion}
      title="There is no such lead"
      isPage
      action={
        <ButtonLink to="/leads" mt="sm" variant="default" leftSection={<IconArrowLeft size={17} />}>
          All leads
        </ButtonLink>
      }
    >
      The address may be mistyped, or the lead belongs to another company.
    </EmptyState>
  )
}
