import { Button, CloseButton, Group, Menu, Paper, Text } from '@mantine/core'
import { IconDownload, IconRestore, IconUserCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { apiUrl, call } from '../../api/client.ts'
import { useUsers } from '../../api/queries/company.ts'
import { restoreLead } from '../../api/queries/lead.ts'
import type { AssignedMany, LeadCard } from '../../api/types.ts'
import { formatCount } from '../../format.ts'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import classes from './leads.module.css'

export interface SelectionBarProps {
  readonly ids: readonly number[]
  /** The selected leads as far as they are at hand, to know whose they were. */
  readonly cards: readonly LeadCard[]
  readonly isTrash: boolean
  readonly onDone: (ids: readonly number[]) => void
  readonly onClear: () => void
}

/** What can be done with several leads at once. */
export function SelectionBar({ ids, cards, isTrash, onDone, onClear }: SelectionBarProps) {
  return (
    <Paper className={classes['selection'] ?? ''} withBorder shadow="md" role="region" aria-label="Selected leads">
      <Text size="sm" fw={600} aria-live="polite" style={{ whiteSpace: 'nowrap' }}>
        {formatCount(ids.length)} selected
      </Text>
      <Group gap="xs" wrap="nowrap">
        {isTrash ? (
          <RestoreButton ids={ids} onDone={onDone} />
        ) : (
          <>
            <AssignMenu ids={ids} cards={cards} onDone={onDone} />
            <Button
              component="a"
              href={apiUrl('/leads.csv', { id: ids.join(',') })}
              download
              variant="default"
              size="sm"
              leftSection={<IconDownload size={16} aria-hidden />}
            >
              Export
            </Button>
          </>
        )}
        <CloseButton aria-label="Clear the selection" onClick={onClear} />
      </Group>
    </Paper>
  )
}

async function assign(ids: readonly number[], assigneeId: number | null): Promise<AssignedMany> {
  return call<AssignedMany>('/leads/assign', { body: { ids, assigneeId } })
}

function AssignMenu({ ids, cards, onDone }: Pick<SelectionBarProps, 'ids' | 'cards' | 'onDone'>) {
  const { data: users } = useUsers()
  const [isSending, setIsSending] = useState(false)
  const choose = async (assigneeId: number | null, to: string) => {
    setIsSending(true)
    try {
      const { missing } = await assign(ids, assigneeId)
      const undo = cards.length === ids.length ? { undo: () => void giveBack(cards, onDone) } : {}
      const left = missing.length > 0 ? `; ${formatCount(missing.length)} are gone` : ''
      toastDone(`${formatCount(ids.length - missing.length)} assigned to ${to}${left}`, undo)
      onDone(ids)
    } catch (error) {
      toastFailed(error, 'The leads were not assigned')
    } finally {
      setIsSending(false)
    }
  }
  return (
    <Menu withInitialFocusPlaceholder={false} position="top-end" shadow="md" width={220}>
      <Menu.Target>
        <Button size="sm" loading={isSending} leftSection={<IconUserCheck size={16} aria-hidden />}>
          Assign
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        {users
          ?.filter(({ active }) => active)
          .map(({ id, name }) => (
            <Menu.Item key={id} onClick={() => void choose(id, name)}>
              {name}
            </Menu.Item>
          ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void choose(null, 'nobody')}>Nobody</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** Assigns the leads to whom they were assigned before. */
async function giveBack(cards: readonly LeadCard[], onDone: (ids: readonly number[]) => void): Promise<void> {
  const groups = Map.groupBy(cards, ({ assignee }) => assignee?.id ?? null)
  try {
    for (const [assigneeId, group] of groups) {
      await assign(
        group.map(({ id }) => id),
        assigneeId,
      )
    }
    onDone(cards.map(({ id }) => id))
  } catch (error) {
    toastFailed(error, 'The leads were not given back')
  }
}

function RestoreButton({ ids, onDone }: Pick<SelectionBarProps, 'ids' | 'onDone'>) {
  const [isSending, setIsSending] = useState(false)
  const restore = async () => {
    setIsSending(true)
    try {
      for (const id of ids) await restoreLead(id)
      toastDone(ids.length === 1 ? 'Restored' : `${formatCount(ids.length)} restored`)
    } catch (error) {
      toastFailed(error, 'Not every lead was restored')
    } finally {
      setIsSending(false)
      onDone(ids)
    }
  }
  return (
    <Button
      size="sm"
      loading={isSending}
      leftSection={<IconRestore size={16} aria-hidden />}
      onClick={() => void restore()}
    >
      Restore
    </Button>
  )
}
