import { Button, Group } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus, IconWebhook } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { lazyPart } from '../../../ui/later.tsx'
import { ListSkeleton } from '../../../ui/skeletons.tsx'
import { AdminNotice, SettingsSection } from '../kit/settings-section.tsx'
import { EndpointRows } from './endpoint-rows.tsx'
import { endpointsQuery } from './webhook-queries.ts'

const AddEndpointDialog = lazyPart(async () => {
  const { AddEndpointDialog: dialog } = await import('./endpoint-dialogs.tsx')
  return { AddEndpointDialog: dialog }
}, 'AddEndpointDialog')
const EndpointPart = lazyPart(() => import('./endpoint-part.tsx'), 'EndpointPart')

const ABOUT =
  'Leadwright tells other programs of each change of a lead: it calls an address of yours, signed, in order, and again until the call goes well.'

interface Props {
  readonly canEdit: boolean
  /** The endpoint that the address names. */
  readonly item: string | undefined
}

/** The addresses that changes are told to; with an item, one of them. */
export function WebhooksSection({ canEdit, item }: Props) {
  if (!canEdit) {
    return (
      <SettingsSection title="Webhooks" about={ABOUT}>
        <AdminNotice what="see and change webhooks" />
      </SettingsSection>
    )
  }
  const id = item !== undefined && /^\d{1,15}$/.test(item) ? Number(item) : null
  return id === null ? <EndpointList /> : <EndpointPart key={id} id={id} />
}

function EndpointList() {
  const { data: endpoints, error, refetch } = useQuery(endpointsQuery)
  const [isAdding, adding] = useDisclosure(false)
  return (
    <SettingsSection title="Webhooks" about={ABOUT}>
      <Group>
        <Button leftSection={<IconPlus size={17} aria-hidden />} onClick={adding.open}>
          Add an endpoint
        </Button>
      </Group>
      {endpoints === undefined ? (
        error !== null ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <ListSkeleton rows={2} height={84} />
        )
      ) : endpoints.length === 0 ? (
        <EmptyState compact icon={IconWebhook} title="Nobody is told yet">
          Add the address of a program of yours: a CRM, an accounting system, a chat. A test message shows at once
          whether it listens.
        </EmptyState>
      ) : (
        <EndpointRows endpoints={endpoints} />
      )}
      <Suspense>{isAdding && <AddEndpointDialog onClose={adding.close} />}</Suspense>
    </SettingsSection>
  )
}
