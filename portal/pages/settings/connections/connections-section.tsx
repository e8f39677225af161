import { Button, Group, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconArrowsExchange, IconDownload, IconPlus } from '@tabler/icons-react'
import { Suspense, useState } from 'react'
import { useConnections } from '../../../api/queries/connections.ts'
import type { Connection, ConnectionKind } from '../../../api/types.ts'
import { openLinkLead } from '../../../shell/link-lead-store.ts'
import { KIND_WORDS } from '../../../sync/sync-words.ts'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { ErrorState } from '../../../ui/error-state.tsx'
import { lazyPart } from '../../../ui/later.tsx'
import { ListSkeleton } from '../../../ui/skeletons.tsx'
import { AdminNotice, SettingsSection } from '../kit/settings-section.tsx'
import rows from '../sections/rows.module.css'
import { ConflictsNotice } from './conflicts-notice.tsx'
import { ConnectionRow } from './connection-row.tsx'

const ConnectionDialog = lazyPart(() => import('./connection-dialog.tsx'), 'ConnectionDialog')

const KINDS: readonly ConnectionKind[] = ['constructiononline', 'renovationfind']

/** Accounts at upstream services, each with how it is doing. */
export function ConnectionsSection({ canEdit }: { canEdit: boolean }) {
  const { data: connections, error, refetch } = useConnections()
  const [adding, setAdding] = useState<ConnectionKind | null>(null)
  return (
    <>
      <ConflictsNotice />
      <SettingsSection
        title="Connections"
        about="Accounts that you have elsewhere. Leadwright keeps your leads in step with them: what changes on one side goes to the other, and what both sides changed waits for you."
      >
        {!canEdit && <AdminNotice what="add, change and remove connections" />}
        {connections === undefined ? (
          error !== null ? (
            <ErrorState error={error} onRetry={() => void refetch()} />
          ) : (
            <ListSkeleton rows={2} height={180} />
          )
        ) : (
          <Connections connections={connections} canEdit={canEdit} onAdd={setAdding} />
        )}
      </SettingsSection>
      <Suspense>{adding !== null && <ConnectionDialog kind={adding} onClose={() => setAdding(null)} />}</Suspense>
    </>
  )
}

interface ListProps {
  readonly connections: readonly Connection[]
  readonly canEdit: boolean
  readonly onAdd: (kind: ConnectionKind) => void
}

function Connections({ connections, canEdit, onAdd }: ListProps) {
  if (connections.length === 0) return <NoConnections canEdit={canEdit} onAdd={onAdd} />
  const takesById = connections.some(({ kind, enabled }) => kind === 'renovationfind' && enabled)
  return (
    <>
      {(canEdit || takesById) && (
        <Group gap="xs">
          {canEdit && <AddMenu onAdd={onAdd} />}
          {takesById && (
            <Button variant="default" leftSection={<IconDownload size={17} aria-hidden />} onClick={openLinkLead}>
              Bring a lead in
            </Button>
          )}
        </Group>
      )}
      <ul className={rows['rows']}>
        {connections.map((connection) => (
          <ConnectionRow key={connection.id} connection={connection} canEdit={canEdit} />
        ))}
      </ul>
    </>
  )
}

function AddMenu({ onAdd }: Pick<ListProps, 'onAdd'>) {
  const [opened, menu] = useDisclosure(false)
  return (
    <Menu opened={opened} onChange={menu.toggle} shadow="md" radius="md" position="bottom-start">
      <Menu.Target>
        <Button leftSection={<IconPlus size={17} aria-hidden />}>Connect</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {KINDS.map((kind) => (
          <Menu.Item key={kind} onClick={() => onAdd(kind)}>
            {KIND_WORDS[kind]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

function NoConnections({ canEdit, onAdd }: Omit<ListProps, 'connections'>) {
  return (
    <EmptyState
      icon={IconArrowsExchange}
      title="Nothing is connected yet"
      action={
        canEdit && (
          <Group gap="xs" mt="sm" justify="center">
            {KINDS.map((kind, place) => (
              <Button key={kind} variant={place === 0 ? 'filled' : 'default'} onClick={() => onAdd(kind)}>
                Connect {KIND_WORDS[kind]}
              </Button>
            ))}
          </Group>
        )
      }
    >
      With ConstructionOnline, all leads of your account come in, and every change goes both ways. With RenovationFind,
      you bring leads in by their number there, and your answers and status reports are sent for you.
    </EmptyState>
  )
}
