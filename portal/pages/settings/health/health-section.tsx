import { Badge, Group, List, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { healthQuery } from '../../../api/queries/health.ts'
import type { DeskHealth } from '../../../api/types.ts'
import { formatAgo, formatCount } from '../../../format.ts'
import { STATE_COLORS, STATE_WORDS } from '../../../sync/sync-words.ts'
import { ErrorState } from '../../../ui/error-state.tsx'
import { AnchorLink } from '../../../ui/links.tsx'
import { CardSkeleton } from '../../../ui/skeletons.tsx'
import { Facts } from '../kit/facts.tsx'
import { AdminNotice, SettingsSection } from '../kit/settings-section.tsx'

const REFRESH_MS = 10_000

/** What follows the leads, and whether it keeps up. */
export function HealthSection({ canEdit }: { canEdit: boolean }) {
  if (canEdit) return <HealthCards />
  return (
    <SettingsSection title="Deliveries and sync">
      <AdminNotice what="see how deliveries do" />
    </SettingsSection>
  )
}

function HealthCards() {
  const { data: health, error, refetch } = useQuery({ ...healthQuery, refetchInterval: REFRESH_MS })
  if (health === undefined) {
    return error === null ? <CardSkeleton lines={6} /> : <ErrorState error={error} onRetry={() => void refetch()} />
  }
  return (
    <>
      <Webhooks health={health} />
      <Connections health={health} />
    </>
  )
}

function Webhooks({ health: { outbox, webhooks, digests } }: { health: DeskHealth }) {
  const more = webhooks.waitingIsExact ? '' : 'more than '
  const facts = [
    { label: 'Changes on their way to lists and webhooks', value: outboxWords(outbox) },
    { label: 'Endpoints', value: endpointWords(webhooks) },
    {
      label: 'Messages that wait',
      value:
        webhooks.oldestAt === null
          ? 'None'
          : `${more}${formatCount(webhooks.waiting)}, the oldest ${formatAgo(webhooks.oldestAt)}`,
    },
    {
      label: 'In the last hour',
      value: lastHourWords(webhooks),
    },
    { label: 'Morning e-mails in the last 24 hours', value: digestWords(digests) },
  ]
  return (
    <SettingsSection
      title="Deliveries"
      about="Each change goes to your webhooks, those of a lead in their order, however long it takes."
    >
      <Facts facts={facts} />
      {webhooks.failing.length > 0 && (
        <div>
          <Text size="sm" c="dimmed">
            Failed calls by endpoint
          </Text>
          <List size="sm">
            {webhooks.failing.map(({ id, url, failed }) => (
              <List.Item key={id} style={{ overflowWrap: 'anywhere' }}>
                <AnchorLink to="/settings/$section/$item" params={{ section: 'webhooks', item: String(id) }} inherit>
                  {url}
                </AnchorLink>
                : {formatCount(failed)}
              </List.Item>
            ))}
          </List>
        </div>
      )}
    </SettingsSection>
  )
}

function outboxWords({ waiting, oldestSeconds }: DeskHealth['outbox']): string {
  if (waiting === 0) return 'None'
  return `${formatCount(waiting)}, the oldest ${formatAgo(new Date(Date.now() - oldestSeconds * 1000).toISOString())}`
}

function lastHourWords({ delivered, deliveredPerMinute, failed }: DeskHealth['webhooks']): string {
  if (delivered + failed === 0) return 'Nothing was sent'
  return `${formatCount(delivered)} delivered (${formatCount(deliveredPerMinute)} a minute), ${formatCount(failed)} failed`
}

function endpointWords({ endpoints, disabled }: DeskHealth['webhooks']): string {
  return disabled === 0 ? formatCount(endpoints) : `${formatCount(endpoints)}, ${formatCount(disabled)} switched off`
}

function digestWords({ sent, failed, open }: DeskHealth['digests']): string {
  const parts = [`${formatCount(sent)} sent`]
  if (open > 0) parts.push(`${formatCount(open)} on their way`)
  if (failed > 0) parts.push(`${formatCount(failed)} not taken by the mail server`)
  return parts.join(', ')
}

function Connections({ health: { connections } }: { health: DeskHealth }) {
  if (connections.length === 0) return null
  return (
    <SettingsSection title="Sync" about="The accounts that your leads are kept in step with.">
      {connections.map(({ id, name, state, lastOkAt, openConflicts, lastError }) => (
        <div key={id}>
          <Group gap="xs">
            <Text fw={600}>{name}</Text>
            <Badge tt="none" variant="light" color={STATE_COLORS[state]}>
              {STATE_WORDS[state]}
            </Badge>
          </Group>
          <Text size="sm" c="dimmed">
            {lastOkAt === null ? 'Not in step yet' : `In step ${formatAgo(lastOkAt)}`}
            {openConflicts > 0 && ` · ${formatCount(openConflicts)} to settle`}
          </Text>
          {lastError !== null && <Text size="sm">{lastError.text}</Text>}
        </div>
      ))}
      <Text size="sm">
        <AnchorLink to="/settings/$section" params={{ section: 'connections' }} inherit>
          All about the connections
        </AnchorLink>
      </Text>
    </SettingsSection>
  )
}
