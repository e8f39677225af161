import { Badge, Button, Group, Select, Stack, Text, UnstyledButton } from '@mantine/core'
import { IconChevronRight, IconSend } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { WebhookAttempt, WebhookEndpoint } from '../../../api/types.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { ListSkeleton } from '../../../ui/skeletons.tsx'
import { TimeAgo } from '../../../ui/time-text.tsx'
import { SettingsSection } from '../kit/settings-section.tsx'
import { AttemptDrawer } from './attempt-drawer.tsx'
import { attemptsQuery, type LogFilter } from './webhook-queries.ts'
import { answerWords, durationWords, EVENT_WORDS, OUTCOME_COLORS, OUTCOME_WORDS } from './webhook-words.ts'
import classes from './webhooks.module.css'

const OUTCOMES = [
  { value: '', label: 'All calls' },
  { value: 'delivered', label: 'Delivered' },
  { value: 'failed,given-up,gone', label: 'Not delivered' },
  { value: 'given-up', label: 'Given up' },
]
const EVENT_CHOICES = [
  { value: '', label: 'All events' },
  ...Object.entries(EVENT_WORDS).map(([value, label]) => ({ value, label })),
]

/** Every call to the endpoint, newest first; one can be looked at, and its message sent again. */
export function DeliveryLog({ endpoint }: { endpoint: WebhookEndpoint }) {
  const [filter, setFilter] = useState<LogFilter>({ outcome: '', event: '' })
  const [shownId, setShownId] = useState<number | null>(null)
  return (
    <SettingsSection
      title="Delivery log"
      about="Each call of the last 30 days. Choose one to see what was sent and answered."
    >
      <Group gap="xs">
        <Select
          aria-label="Which calls"
          data={OUTCOMES}
          value={filter.outcome}
          onChange={(outcome) => setFilter({ ...filter, outcome: outcome ?? '' })}
          allowDeselect={false}
          flex="1 1 8.5rem"
          maw={200}
        />
        <Select
          aria-label="Of which event"
          data={EVENT_CHOICES}
          value={filter.event}
          onChange={(event) => setFilter({ ...filter, event: event ?? '' })}
          allowDeselect={false}
          flex="1 1 8.5rem"
          maw={220}
        />
      </Group>
      <AttemptList endpoint={endpoint} filter={filter} onShow={setShownId} />
      <AttemptDrawer endpoint={endpoint} attemptId={shownId} onClose={() => setShownId(null)} />
    </SettingsSection>
  )
}

interface ListProps {
  readonly endpoint: WebhookEndpoint
  readonly filter: LogFilter
  readonly onShow: (attemptId: number) => void
}

function AttemptList({ endpoint, filter, onShow }: ListProps) {
  const log = useInfiniteQuery(attemptsQuery(endpoint.id, filter))
  const attempts = log.data?.pages.flatMap((page) => page.attempts)
  if (attempts === undefined) {
    return log.error === null ? (
      <ListSkeleton rows={4} height={48} />
    ) : (
      <ErrorState error={log.error} onRetry={() => void log.refetch()} />
    )
  }
  return (
    <>
      {attempts.length === 0 && !log.hasNextPage && (
        <NoAttempts isFiltered={filter.outcome !== '' || filter.event !== ''} />
      )}
      <ul className={`${classes.rows} ${classes.log}`}>
        {attempts.map((attempt) => (
          <li key={attempt.id}>
            <AttemptRow attempt={attempt} onShow={() => onShow(attempt.id)} />
          </li>
        ))}
      </ul>
      {log.hasNextPage && (
        <Group>
          <Button variant="subtle" size="sm" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            Show earlier
          </Button>
        </Group>
      )}
    </>
  )
}

function NoAttempts({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <EmptyState compact icon={IconSend} title="No such call">
        No call of the last 30 days is of this kind.
      </EmptyState>
    )
  }
  return (
    <EmptyState compact icon={IconSend} title="No call yet">
      Send a test message, or change a lead: the call stands here a moment later.
    </EmptyState>
  )
}

function AttemptRow({ attempt, onShow }: { attempt: WebhookAttempt; onShow: () => void }) {
  const { event, leadId, outcome, milliseconds, attempt: count } = attempt
  const subject = leadId === null ? EVENT_WORDS[event] : `${EVENT_WORDS[event]} · lead ${leadId}`
  return (
    <UnstyledButton className={classes.row ?? ''} onClick={onShow}>
      <span className={classes.badge ?? ''}>
        <Badge tt="none" size="sm" variant="light" color={OUTCOME_COLORS[outcome]}>
          {OUTCOME_WORDS[outcome]}
        </Badge>
      </span>
      <Stack gap={0} className={classes.main ?? ''}>
        <Text size="sm" fw={600} className={classes.wrap ?? ''}>
          {subject}
        </Text>
        <Text size="xs" c="dimmed" component="div" className="lw-number">
          <TimeAgo at={attempt.at} /> · {answerWords(attempt)} · {durationWords(milliseconds)}
          {count > 1 && ` · attempt ${count}`}
        </Text>
      </Stack>
      <IconChevronRight size={18} className={classes.arrow ?? ''} aria-hidden />
    </UnstyledButton>
  )
}
