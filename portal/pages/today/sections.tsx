import { ActionIcon, Button } from '@mantine/core'
import { IconCalendarCheck, IconChecklist, IconPhone, IconSparkles } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { editLead } from '../../api/queries/lead.ts'
import type { LeadCard, Today } from '../../api/types.ts'
import { phoneLink, todayDate } from '../../format.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ButtonLink } from '../../ui/links.tsx'
import { StageBadge } from '../../ui/stage-badge.tsx'
import { DayText, TimeAgo } from '../../ui/time-text.tsx'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { STATUS_WORDS } from '../../words.ts'
import { LeadRow } from './lead-row.tsx'
import { Section } from './section.tsx'
import classes from './today.module.css'

interface ReportProps {
  readonly onReport: (lead: LeadCard) => void
}

/** Leads on which the office owes a step. */
export function ActionSection({ list, onReport }: { list: Today['requiresAction'] } & ReportProps) {
  return (
    <Section
      title="Requires action"
      list={list}
      rows={8}
      color="brick"
      all={{ requiresAction: 'true' }}
      empty={
        <EmptyState compact icon={IconChecklist} title="Nothing is overdue">
          A lead comes here when its follow-up time is over without a report, or when a won job lacks its attachment.
        </EmptyState>
      }
    >
      {(lead) => (
        <LeadRow
          key={lead.id}
          lead={lead}
          beside={<StageBadge stage={lead.boardStage} size="sm" />}
          why={
            <>
              <span>{STATUS_WORDS[lead.status]}</span>
              {lead.actionDueAt !== null && (
                <>
                  <span aria-hidden>·</span>
                  <span className={classes.late ?? ''}>
                    due <TimeAgo at={lead.actionDueAt} />
                  </span>
                </>
              )}
            </>
          }
        >
          <CallIcon lead={lead} />
          {lead.boardStage === 'Won' ? (
            <ButtonLink
              data-main
              size="sm"
              variant="light"
              to="/leads/$leadId"
              params={{ leadId: String(lead.id) }}
              hash="files"
            >
              Attach a file
            </ButtonLink>
          ) : (
            <Button
              data-main
              size="sm"
              variant="light"
              onClick={() => onReport(lead)}
              aria-label={`Report on ${lead.name}`}
            >
              Report
            </Button>
          )}
        </LeadRow>
      )}
    </Section>
  )
}

/** Leads whose next action date has come. */
export function NextActionSection({ list }: { list: Today['nextActions'] }) {
  return (
    <Section
      title="Next actions"
      list={list}
      rows={6}
      color="sky"
      all={{ sort: 'next-action' }}
      empty={
        <EmptyState compact icon={IconCalendarCheck} title="No reminder is due">
          Give a lead a next action date on its page, and it comes up here on that day.
        </EmptyState>
      }
    >
      {(lead) => <NextActionRow key={lead.id} lead={lead} />}
    </Section>
  )
}

function NextActionRow({ lead }: { lead: LeadCard }) {
  const date = lead.nextActionDate
  const setDate = (nextActionDate: string | null) => editLead(lead.id, { nextActionDate })
  const done = useMutation({
    mutationFn: () => setDate(null),
    onSuccess: () =>
      toastDone(`The reminder for ${lead.name} is done.`, { undo: () => void setDate(date).catch(toastFailed) }),
    onError: (error) => toastFailed(error),
  })
  return (
    <LeadRow
      lead={lead}
      why={
        <>
          {date !== null && (
            <span className={date < todayDate() ? (classes.late ?? '') : ''}>
              <DayText date={date} />
            </span>
          )}
          <span aria-hidden>·</span>
          <span>{STATUS_WORDS[lead.status]}</span>
        </>
      }
    >
      <CallIcon lead={lead} />
      <Button
        data-main
        size="sm"
        variant="light"
        loading={done.isPending}
        onClick={() => done.mutate()}
        aria-label={`Done: ${lead.name}`}
      >
        Done
      </Button>
    </LeadRow>
  )
}

/** The leads that came last. */
export function NewestSection({ list, onReport }: { list: Today['newest'] } & ReportProps) {
  return (
    <Section
      title="Newest"
      list={list}
      rows={6}
      counted={false}
      all={{ sort: 'newest' }}
      empty={
        <EmptyState compact icon={IconSparkles} title="No leads yet">
          The newest leads stand here, whichever way they came.
        </EmptyState>
      }
    >
      {(lead) => (
        <LeadRow
          key={lead.id}
          lead={lead}
          beside={<StageBadge stage={lead.boardStage} size="sm" />}
          why={
            <span>
              came <TimeAgo at={lead.createdAt} />
            </span>
          }
        >
          <CallIcon lead={lead} />
          {lead.boardStage === 'New' ? (
            <Button
              data-main
              size="sm"
              variant="light"
              onClick={() => onReport(lead)}
              aria-label={`Report on ${lead.name}`}
            >
              Report
            </Button>
          ) : (
            <ButtonLink
              data-main
              size="sm"
              variant="default"
              to="/leads/$leadId"
              params={{ leadId: String(lead.id) }}
              aria-label={`Open ${lead.name}`}
            >
              Open
            </ButtonLink>
          )}
        </LeadRow>
      )}
    </Section>
  )
}

function CallIcon({ lead }: { lead: LeadCard }) {
  if (lead.phone === null) return null
  return (
    <ActionIcon component="a" href={phoneLink(lead.phone)} variant="default" size={36} aria-label={`Call ${lead.name}`}>
      <IconPhone size={17} />
    </ActionIcon>
  )
}
