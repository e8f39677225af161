import { Badge, Group, Stack, Text } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import type { WebhookEndpoint } from '../../../api/types.ts'
import { formatCount } from '../../../format.ts'
import { BareLink } from '../../../ui/links.tsx'
import { TimeAgo } from '../../../ui/time-text.tsx'
import { answerWords, filterWords, standingOf } from './webhook-words.ts'
import classes from './webhooks.module.css'

/** Each endpoint with how it fares; a row leads to all about it. */
export function EndpointRows({ endpoints }: { endpoints: readonly WebhookEndpoint[] }) {
  return (
    <ul className={classes.rows}>
      {endpoints.map((endpoint) => (
        <li key={endpoint.id}>
          <BareLink
            to="/settings/$section/$item"
            params={{ section: 'webhooks', item: String(endpoint.id) }}
            className={classes.row ?? ''}
          >
            <EndpointRow endpoint={endpoint} />
            <IconChevronRight size={18} className={classes.arrow ?? ''} aria-hidden />
          </BareLink>
        </li>
      ))}
    </ul>
  )
}

function EndpointRow({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { url, description, events, health } = endpoint
  return (
    <Stack gap={2} className={classes.main ?? ''}>
      <Group gap={8} wrap="nowrap">
        <Text fw={600} size="sm" className={classes.wrap ?? ''}>
          {description ?? hostOf(url)}
        </Text>
        <StandingBadge endpoint={endpoint} />
      </Group>
      <Text size="sm" c="dimmed" className={classes.wrap ?? ''}>
        {url}
      </Text>
      <Text size="xs" c="dimmed">
        {filterWords(events)}
      </Text>
      <Text size="xs" className={classes.figures ?? ''} component="div">
        <span>{formatCount(health.delivered)} delivered in the last hour</span>
        {health.failed > 0 && <span>{formatCount(health.failed)} failed</span>}
        {health.waiting > 0 && <span>{waitingWords(health)} waiting</span>}
        {health.lastAttempt !== null && (
          <span>
            last call <TimeAgo at={health.lastAttempt.at} />
            {health.lastAttempt.outcome === 'delivered'
              ? ''
              : `: ${answerWords({ status: health.lastAttempt.status, error: 'no answer' }).toLowerCase()}`}
          </span>
        )}
      </Text>
    </Stack>
  )
}

export function StandingBadge({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { word, color } = standingOf(endpoint)
  return (
    <Badge tt="none" size="sm" variant="light" color={color} flex="none">
      {word}
    </Badge>
  )
}

/** "12", or "more than 10,000" where that many were counted and no more. */
export function waitingWords({ waiting, waitingIsExact }: WebhookEndpoint['health']): string {
  return waitingIsExact ? formatCount(waiting) : `more than ${formatCount(waiting)}`
}

export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}
