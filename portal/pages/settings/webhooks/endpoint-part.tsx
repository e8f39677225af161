import { Group, Stack, Text } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { WebhookEndpoint } from '../../../api/types.ts'
import { formatCount, formatInstant } from '../../../format.ts'
import { ErrorState } from '../../../ui/error-state.tsx'
import { AnchorLink } from '../../../ui/links.tsx'
import { CardSkeleton } from '../../../ui/skeletons.tsx'
import { TimeAgo } from '../../../ui/time-text.tsx'
import { SettingsSection } from '../kit/settings-section.tsx'
import { DeliveryLog } from './delivery-log.tsx'
import { EndpointActions } from './endpoint-actions.tsx'
import { EndpointNotices } from './endpoint-notices.tsx'
import { hostOf, StandingBadge, waitingWords } from './endpoint-rows.tsx'
import { endpointQuery } from './webhook-queries.ts'
import { answerWords, filterWords } from './webhook-words.ts'
import classes from './webhooks.module.css'

/** All about one endpoint: how it fares, what it was sent, and what can be done. */
export function EndpointPart({ id }: { id: number }) {
  const { data: endpoint, error, refetch } = useQuery(endpointQuery(id))
  return (
    <>
      <AnchorLink to="/settings/$section" params={{ section: 'webhooks' }} size="sm" fw={600}>
        <Group gap={6} component="span">
          <IconArrowLeft size={16} aria-hidden />
          All endpoints
        </Group>
      </AnchorLink>
      {endpoint === undefined ? (
        error !== null ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <CardSkeleton lines={5} />
        )
      ) : (
        <>
          <EndpointCard endpoint={endpoint} />
          <DeliveryLog endpoint={endpoint} />
        </>
      )}
    </>
  )
}

function EndpointCard({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { url, description } = endpoint
  return (
    <SettingsSection
      title={description ?? hostOf(url)}
      about={
        <Group gap={8}>
          <Text span inherit className={classes.wrap ?? ''}>
            {url}
          </Text>
          <StandingBadge endpoint={endpoint} />
        </Group>
      }
    >
      <EndpointNotices endpoint={endpoint} />
      <EndpointFacts endpoint={endpoint} />
      <EndpointActions endpoint={endpoint} />
    </SettingsSection>
  )
}

function EndpointFacts({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { events, perSecond, health, createdAt, secretCreatedAt } = endpoint
  const { lastAttempt, oldestAt } = health
  return (
    <dl className={classes.facts}>
      <Fact label="Waiting" value={health.waiting === 0 ? 'Nothing' : waitingWords(health)}>
        {oldestAt !== null && (
          <>
            the oldest: <TimeAgo at={oldestAt} />
          </>
        )}
      </Fact>
      <Fact label="Delivered in the last hour" value={formatCount(health.delivered)}>
        {health.delivered > 0 && `${rateWords(health.deliveredPerMinute)} a minute`}
      </Fact>
      <Fact label="Failed in the last hour" value={formatCount(health.failed)} />
      <Fact label="Last call" value={lastAttempt === null ? 'None yet' : <TimeAgo at={lastAttempt.at} />}>
        {lastAttempt !== null && answerWords({ status: lastAttempt.status, error: null })}
      </Fact>
      <Fact label="Events" value={filterWords(events)} />
      <Fact label="Calls a second" value={perSecond === null ? 'No limit' : `At most ${formatCount(perSecond)}`} />
      <Fact label="Added" value={formatInstant(createdAt)}>
        {secretCreatedAt !== createdAt && `new secret ${formatInstant(secretCreatedAt)}`}
      </Fact>
    </dl>
  )
}

function rateWords(rate: number): string {
  return rate < 10 ? rate.toLocaleString(undefined, { maximumFractionDigits: 1 }) : formatCount(Math.round(rate))
}

interface FactProps {
  readonly label: string
  readonly value: React.ReactNode
  readonly children?: React.ReactNode
}

function Fact({ label, value, children }: FactProps) {
  return (
    <div>
      <Text component="dt" size="xs" c="dimmed">
        {label}
      </Text>
      <dd>
        <Stack gap={0}>
          <Text size="sm" fw={600} className="lw-number" component="div">
            {value}
          </Text>
          {children !== undefined && children !== false && (
            <Text size="xs" c="dimmed" component="div">
              {children}
            </Text>
          )}
        </Stack>
      </dd>
    </div>
  )
}
