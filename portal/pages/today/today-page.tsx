import { Button, Grid, Stack } from '@mantine/core'
import { IconPlugConnected, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useSession } from '../../api/queries/session.ts'
import { useToday } from '../../api/queries/today.ts'
import type { LeadCard, Today } from '../../api/types.ts'
import { openCreateLead } from '../../shell/create-lead-store.ts'
import { NewLeadButton } from '../../shell/new-lead-button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { LaterDialog, lazyPart } from '../../ui/later.tsx'
import { ButtonLink } from '../../ui/links.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ListSkeleton } from '../../ui/skeletons.tsx'
import { formatToday, greetingAt } from './greeting.ts'
import { OfferSection } from './offer-section.tsx'
import { ActionSection, NewestSection, NextActionSection } from './sections.tsx'
import { TroubleNotice } from './trouble-notice.tsx'

const DeclineDialog = lazyPart(() => import('../../lead/dialogs/decline-dialog.tsx'), 'DeclineDialog')
const ReportDialog = lazyPart(() => import('../../lead/dialogs/report-dialog.tsx'), 'ReportDialog')

/** What waits for the office, each with the one button that matters. */
export function TodayPage() {
  const { user } = useSession()
  const today = useToday()
  const now = new Date()
  return (
    <>
      <PageHeader
        title="Today"
        subtitle={`${greetingAt(now)}, ${user.name}. It is ${formatToday(now)}.`}
        actions={<NewLeadButton />}
      />
      <TroubleNotice />
      <TodayBody today={today.data} error={today.error} onRetry={() => void today.refetch()} />
    </>
  )
}

function TodayBody({ today, error, onRetry }: { today: Today | undefined; error: Error | null; onRetry: () => void }) {
  const [declined, setDeclined] = useState<LeadCard | null>(null)
  const [reported, setReported] = useState<LeadCard | null>(null)
  if (today === undefined) return error === null ? <TodaySkeleton /> : <ErrorState error={error} onRetry={onRetry} />
  if (isDeskEmpty(today)) return <EmptyDesk />
  return (
    <>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack gap="lg">
            <OfferSection list={today.offers} onDecline={setDeclined} />
            <ActionSection list={today.requiresAction} onReport={setReported} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Stack gap="lg">
            <NextActionSection list={today.nextActions} />
            <NewestSection list={today.newest} onReport={setReported} />
          </Stack>
        </Grid.Col>
      </Grid>
      <LaterDialog opened={declined !== null}>
        {(opened) => <DeclineDialog lead={opened ? declined : null} onClose={() => setDeclined(null)} />}
      </LaterDialog>
      <LaterDialog opened={reported !== null}>
        {(opened) => <ReportDialog lead={opened ? reported : null} onClose={() => setReported(null)} />}
      </LaterDialog>
    </>
  )
}

function TodaySkeleton() {
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, lg: 7 }}>
        <ListSkeleton rows={5} height={84} />
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 5 }}>
        <ListSkeleton rows={5} height={60} />
      </Grid.Col>
    </Grid>
  )
}

function isDeskEmpty({ offers, requiresAction, nextActions, newest }: Today): boolean {
  return offers.count + requiresAction.count + nextActions.count + newest.count === 0
}

/** A company without a single lead learns where leads come from. */
function EmptyDesk() {
  return (
    <EmptyState
      icon={IconPlugConnected}
      title="Your desk is ready for its first lead"
      action={
        <Stack gap="xs" mt="sm">
          <Button leftSection={<IconPlus size={17} />} onClick={openCreateLead}>
            Write one down
          </Button>
          <ButtonLink to="/settings/$section" params={{ section: 'connections' }} variant="default">
            Connect what sends you leads
          </ButtonLink>
        </Stack>
      }
    >
      Leads come from accounts that you connect, from programs that write to this server, from your own web form, or
      from you. Whatever waits for an answer then stands on this page.
    </EmptyState>
  )
}
