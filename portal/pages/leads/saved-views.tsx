import { ActionIcon, Button, Group, Menu, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBookmark, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { call } from '../../api/client.ts'
import type { LeadFilter } from '../../api/keys.ts'
import { keys } from '../../api/keys.ts'
import { queryClient } from '../../api/query-client.ts'
import type { SavedView, SavedViews } from '../../api/types.ts'
import { messageOf } from '../../ui/error-state.tsx'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { fromQuery, toQuery } from './lead-filter.ts'

export interface SavedViewsProps {
  readonly filter: LeadFilter
  readonly onChoose: (filter: LeadFilter) => void
}

/** The user's own lists under a name. */
export function SavedViewsMenu({ filter, onChoose }: SavedViewsProps) {
  const [isSaving, saving] = useDisclosure(false)
  const { data: views, isPending } = useQuery({
    queryKey: keys.views,
    queryFn: async ({ signal }) => (await call<SavedViews>('/views', { signal })).views,
  })
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={270}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconBookmark size={16} aria-hidden />}>
            Views
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views?.map((view) => (
            <ViewItem
              key={view.id}
              view={view}
              isChosen={view.query === toQuery(filter)}
              onChoose={() => onChoose(fromQuery(view.query))}
            />
          ))}
          {views?.length === 0 && (
            <Text size="sm" c="dimmed" px="sm" py="xs">
              A view keeps filters, search and order under a name, such as “My estimates”.
            </Text>
          )}
          {isPending && <Menu.Label>Loading…</Menu.Label>}
          <Menu.Divider />
          <Menu.Item onClick={saving.open}>Save this view…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={isSaving} onClose={saving.close} title="Save this view" size="sm">
        <SaveForm query={toQuery(filter)} onClose={saving.close} />
      </Modal>
    </>
  )
}

interface ViewItemProps {
  readonly view: SavedView
  readonly isChosen: boolean
  readonly onChoose: () => void
}

function ViewItem({ view, isChosen, onChoose }: ViewItemProps) {
  const remove = useMutation({
    mutationFn: () => call(`/views/${view.id}`, { method: 'DELETE' }),
    onSuccess: () => {
      toastDone(`Removed the view ${view.name}`, { undo: () => void save(view.name, view.query).catch(toastFailed) })
      return queryClient.invalidateQueries({ queryKey: keys.views })
    },
    onError: (error) => toastFailed(error),
  })
  return (
    <Group gap={2} wrap="nowrap">
      <Menu.Item onClick={onChoose} fw={isChosen ? 650 : undefined} aria-current={isChosen || undefined}>
        {view.name}
      </Menu.Item>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={30}
        aria-label={`Remove the view ${view.name}`}
        loading={remove.isPending}
        onClick={() => remove.mutate()}
      >
        <IconTrash size={15} aria-hidden />
      </ActionIcon>
    </Group>
  )
}

async function save(name: string, query: string): Promise<void> {
  await call('/views', { body: { name, query } })
  await queryClient.invalidateQueries({ queryKey: keys.views })
}

function SaveForm({ query, onClose }: { query: string; onClose: () => void }) {
  const [name, setName] = useState('')
  const saving = useMutation({
    mutationFn: () => save(name.trim(), query),
    onSuccess: () => {
      toastDone(`Saved the view ${name.trim()}`)
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '') saving.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label="Name"
          placeholder="My estimates"
          data-autofocus
          maxLength={100}
          value={name}
          error={saving.error === null ? null : messageOf(saving.error)}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={saving.isPending} disabled={name.trim() === ''}>
            Save
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
