import { Alert, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { healthQuery } from '../../api/queries/health.ts'
import { useSession } from '../../api/queries/session.ts'
import type { DeskHealth } from '../../api/types.ts'
import { ButtonLink } from '../../ui/links.tsx'

const LOOK_MS = 60_000
const SHOWN_MAX = 3

interface Trouble {
  readonly key: string
  readonly text: string
  readonly section: string
}

/** What has stopped by itself and stays so until somebody looks: told where the day begins, to who can mend it. */
export function TroubleNotice() {
  const isAdmin = useSession().user.role === 'admin'
  const { data } = useQuery({ ...healthQuery, enabled: isAdmin, refetchInterval: LOOK_MS })
  const troubles = data === undefined ? [] : troublesOf(data)
  if (troubles.length === 0) return null
  return (
    <Alert
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title="Not everything gets through"
      mb="lg"
    >
      <Stack gap="xs">
        {troubles.slice(0, SHOWN_MAX).map(({ key, text, section }) => (
          <Group key={key} justify="space-between" gap="sm">
            <Text size="sm" flex="1 1 20rem" style={{ overflowWrap: 'anywhere' }}>
              {text}
            </Text>
            <ButtonLink to="/settings/$section" params={{ section }} size="xs" variant="default">
              Look at it
            </ButtonLink>
          </Group>
        ))}
        {troubles.length > SHOWN_MAX && <Text size="sm">And {troubles.length - SHOWN_MAX} more.</Text>}
      </Stack>
    </Alert>
  )
}

function troublesOf({ webhooks, connections }: DeskHealth): Trouble[] {
  const endpoints = webhooks.switchedOff.map(({ id, url, reason }) => ({
    key: `endpoint ${id}`,
    text: `The webhook to ${url} was switched off: ${reason === 'gone' ? 'the receiver says that it is gone' : 'no call has gone well for five days'}.`,
    section: 'webhooks',
  }))
  const broken = connections.filter(({ state }) => state === 'broken')
  return [
    ...endpoints,
    ...broken.map(({ id, name, lastError }) => ({
      key: `connection ${id}`,
      text: `${name} is not kept in step. ${lastError?.text ?? ''}`.trim(),
      section: 'connections',
    })),
  ]
}
