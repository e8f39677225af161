import { Alert, Badge, Group, Loader, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { Connection } from '../../../api/types.ts'
import { formatAgo, formatCount } from '../../../format.ts'
import { KIND_WORDS, movedWords, STATE_COLORS, STATE_WORDS } from '../../../sync/sync-words.ts'
import { AnchorLink } from '../../../ui/links.tsx'
import { TimeAgo } from '../../../ui/time-text.tsx'
import rows from '../sections/rows.module.css'
import { useNow } from '../use-now.ts'
import { CallGauges } from './call-gauges.tsx'
import { ConnectionMenu } from './connection-menu.tsx'
import classes from './connections.module.css'

const COUNT_MAX = 10_000

/** One upstream account: how it is doing and why, what it moved, what is left of its limits. */
export function ConnectionRow({ connection, canEdit }: { connection: Connection; canEdit: boolean }) {
  const { name, kind, state, hint, baseUrl } = connection
  return (
    <li className={rows['row']} aria-label={name}>
      <Stack gap="sm" w="100%">
        <div>
          <Group justify="space-between" wrap="nowrap" align="flex-start">
            <Group gap={8} miw={0}>
              <Text fw={640} className={rows['wrap'] ?? ''}>
                {name}
              </Text>
              <Badge tt="none" variant="light" color={STATE_COLORS[state]}>
                {STATE_WORDS[state]}
              </Badge>
              {connection.running && <Loader size={14} type="oval" role="status" aria-label="Looking there now" />}
            </Group>
            <ConnectionMenu connection={connection} canEdit={canEdit} />
          </Group>
          <Text size="sm" c="dimmed" className={rows['wrap'] ?? ''}>
            {[KIND_WORDS[kind], new URL(baseUrl).host, hint].filter((part) => part !== '' && part !== name).join(' · ')}
          </Text>
        </div>
        <Cause connection={connection} />
        <Facts connection={connection} />
        <CallGauges connection={connection} />
      </Stack>
    </li>
  )
}

/** What keeps it from working, in a sentence that says what to do. */
function Cause({ connection: { state, lastError, nextRunAt } }: { connection: Connection }) {
  const now = useNow()
  if (lastError === null || state === 'paused') return null
  const isBroken = state === 'broken'
  return (
    <Alert
      color={isBroken ? 'red' : 'amber'}
      variant="light"
      p="sm"
      icon={<IconAlertTriangle aria-hidden />}
      title={isBroken ? 'It does not work at the moment' : 'The last look did not work'}
    >
      <Text size="sm" className={rows['wrap'] ?? ''}>
        {lastError.text}
      </Text>
      <Text size="xs" c="dimmed" mt={4}>
        {lastError.code === 'unauthorised' && 'Put in the credentials that hold now. '}
        {nextRunAt !== null && `Tried again by itself ${formatAgo(nextRunAt, now)}. `}
        Nothing is lost meanwhile: changes wait here.
      </Text>
    </Alert>
  )
}

function Facts({ connection }: { connection: Connection }) {
  const { lastRun, linkedLeads, goneLeads, openConflicts } = connection
  const moved = lastRun === null ? null : movedWords(lastRun)
  return (
    <dl className={classes.facts}>
      <Fact label="Last look">
        {connection.lastRunAt === null ? 'not yet' : <TimeAgo at={connection.lastRunAt} />}
        {moved !== null && <span className={classes.quiet}>{moved}</span>}
        {moved === null && lastRun?.endedAt != null && lastRun.error === null && (
          <span className={classes.quiet}>nothing had changed</span>
        )}
      </Fact>
      <Fact label="Next look">
        <NextLook connection={connection} />
      </Fact>
      <Fact label="Linked leads">
        <span className="lw-number">{countWords(linkedLeads)}</span>
        {goneLeads > 0 && <span className={classes.quiet}>{countWords(goneLeads)} gone there</span>}
      </Fact>
      <Fact label="Conflicts">
        {openConflicts === 0 ? (
          'none'
        ) : (
          <AnchorLink to="/conflicts" size="sm">
            {countWords(openConflicts)} to settle
          </AnchorLink>
        )}
      </Fact>
    </dl>
  )
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function NextLook({ connection: { nextRunAt, running } }: { connection: Connection }) {
  const now = useNow()
  if (running) return 'now'
  if (nextRunAt === null) return 'when it goes on'
  return Date.parse(nextRunAt) <= now ? 'in a moment' : formatAgo(nextRunAt, now)
}

function countWords(count: number): string {
  return count >= COUNT_MAX ? `${formatCount(COUNT_MAX)} or more` : formatCount(count)
}
