import { ActionIcon, Button, Group, Menu } from '@mantine/core'
import {
  IconDots,
  IconHistory,
  IconPencil,
  IconPlayerPause,
  IconPlayerPlay,
  IconRefresh,
  IconTrash,
} from '@tabler/icons-react'
import { Suspense, useState } from 'react'
import { useRunNow, useSwitchConnection } from '../../../api/queries/connections.ts'
import type { Connection } from '../../../api/types.ts'
import { lazyPart } from '../../../ui/later.tsx'
import { toastDone, toastFailed } from '../../../ui/toast.tsx'
import rows from '../sections/rows.module.css'
import { RemoveDialog } from './remove-dialog.tsx'
import { RunsDrawer } from './runs-drawer.tsx'

const ConnectionDialog = lazyPart(() => import('./connection-dialog.tsx'), 'ConnectionDialog')

type Opened = 'history' | 'edit' | 'remove' | null

/** What can be done with a connection. */
export function ConnectionMenu({ connection, canEdit }: { connection: Connection; canEdit: boolean }) {
  const [opened, setOpened] = useState<Opened>(null)
  const close = () => setOpened(null)
  return (
    <>
      <Group gap={6} wrap="nowrap">
        {canEdit && <MainButton connection={connection} />}
        <Menu position="bottom-end" width={200} shadow="md" radius="md">
          <Menu.Target>
            <ActionIcon variant="default" size={30} aria-label={`More about ${connection.name}`}>
              <IconDots size={17} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconHistory size={17} />} onClick={() => setOpened('history')}>
              History
            </Menu.Item>
            {canEdit && (
              <>
                <Menu.Item leftSection={<IconPencil size={17} />} onClick={() => setOpened('edit')}>
                  Edit
                </Menu.Item>
                <SwitchItem connection={connection} />
                <Menu.Divider />
                <Menu.Item
                  leftSection={<IconTrash size={17} />}
                  className={rows['danger'] ?? ''}
                  onClick={() => setOpened('remove')}
                >
                  Remove
                </Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      </Group>
      <RunsDrawer connection={connection} opened={opened === 'history'} onClose={close} />
      <Suspense>
        {opened === 'edit' && <ConnectionDialog kind={connection.kind} connection={connection} onClose={close} />}
      </Suspense>
      <RemoveDialog connection={connection} opened={opened === 'remove'} onClose={close} />
    </>
  )
}

/** Looks there now; lets a paused one go on. */
function MainButton({ connection }: { connection: Connection }) {
  const { id, name, enabled, running } = connection
  const runNow = useRunNow()
  const goOn = useSwitchConnection()
  if (!enabled) {
    return (
      <Button
        size="compact-sm"
        variant="light"
        leftSection={<IconPlayerPlay size={15} aria-hidden />}
        aria-label={`Go on: ${name}`}
        loading={goOn.isPending}
        onClick={() => goOn.mutate({ id, enabled: true }, { onError: (error) => toastFailed(error) })}
      >
        Go on
      </Button>
    )
  }
  return (
    <Button
      size="compact-sm"
      variant="light"
      leftSection={<IconRefresh size={15} aria-hidden />}
      aria-label={`Run now: ${name}`}
      loading={runNow.isPending}
      disabled={running}
      onClick={() =>
        runNow.mutate(id, {
          onSuccess: () => toastDone(`${name} is looked at in a moment.`),
          onError: (error) => toastFailed(error),
        })
      }
    >
      Run now
    </Button>
  )
}

function SwitchItem({ connection: { id, name, enabled } }: { connection: Connection }) {
  const change = useSwitchConnection()
  const press = () =>
    change.mutate(
      { id, enabled: !enabled },
      {
        onSuccess: () => toastDone(enabled ? `${name} is paused.` : `${name} goes on.`),
        onError: (error) => toastFailed(error),
      },
    )
  const icon = enabled ? <IconPlayerPause size={17} /> : <IconPlayerPlay size={17} />
  return (
    <Menu.Item leftSection={icon} onClick={press}>
      {enabled ? 'Pause' : 'Go on'}
    </Menu.Item>
  )
}
