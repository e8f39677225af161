import { Alert, Button, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAlertTriangle, IconKey, IconPlayerPause } from '@tabler/icons-react'
import type { WebhookEndpoint } from '../../../api/types.ts'
import { formatInstant } from '../../../format.ts'
import { EnableDialog } from './enable-dialog.tsx'

/** What the office must know of an endpoint that is not sent to, or not with success. */
export function EndpointNotices({ endpoint }: { endpoint: WebhookEndpoint }) {
  const { enabled, failingSince, previousSecretExpiresAt } = endpoint
  return (
    <>
      {!enabled && <DisabledNotice endpoint={endpoint} />}
      {enabled && failingSince !== null && (
        <Alert color="yellow" variant="light" icon={<IconAlertTriangle />} title="No call goes well">
          Every call since {formatInstant(failingSince)} has failed. Messages wait and are tried again, later and later.
          After five days without one that goes well the endpoint is switched off.
        </Alert>
      )}
      {previousSecretExpiresAt !== null && (
        <Alert color="gray" variant="light" icon={<IconKey />}>
          Until {formatInstant(previousSecretExpiresAt)} messages are signed with the old secret too. Put the new one
          into your receiver by then.
        </Alert>
      )}
    </>
  )
}

const REASONS = {
  office: 'it was switched off here',
  gone: 'it was switched off because its address answered 410: it is gone for good',
  failing: 'it was switched off because no call went well for five days',
} as const

function DisabledNotice({ endpoint }: { endpoint: WebhookEndpoint }) {
  const [isAsking, asking] = useDisclosure(false)
  const { disabledReason, disabledAt } = endpoint
  const isOffice = disabledReason === 'office' || disabledReason === null
  return (
    <Alert
      color={isOffice ? 'gray' : 'red'}
      variant="light"
      icon={isOffice ? <IconPlayerPause /> : <IconAlertTriangle />}
      title="Nothing is sent to this endpoint"
    >
      <Stack gap="sm" align="flex-start">
        <Text size="sm" component="div">
          {disabledAt !== null && `${formatInstant(disabledAt)}: `}
          {REASONS[disabledReason ?? 'office']}.
        </Text>
        <Button size="xs" variant="default" onClick={asking.open}>
          Switch it on
        </Button>
      </Stack>
      {isAsking && <EnableDialog endpoint={endpoint} onClose={asking.close} />}
    </Alert>
  )
}
