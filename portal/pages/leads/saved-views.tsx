import { ActionIcon, Button, Divider, Group, Popover, Skeleton, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBookmark, IconPlus, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { call } from '../../api/client.ts'
import type { LeadFilter } from '../../api/keys.ts'
import { keys } from '../../api/keys.ts'
import { queryClient } from '../../api/query-client.ts'
import type { SavedView, SavedViews } from '../../api/types.ts'
import { messageOf } from '../../ui/error-state.tsx'
import { LaterDialog, lazyPart } from '../../ui/later.tsx'
import { toastDone, toastFailed } from '../../ui/toast.tsx'
import { fromQuery, toQuery } from './lead-filter.ts'
import { saveView } from './save-view.ts'

const SaveViewDialog = lazyPart(() => import('./save-view-dialog.tsx'), 'SaveViewDialog')

export interface SavedViewsProps {
  readonly filter: LeadFilter
  readonly onChoose: (filter: LeadFilter) => void
}

/** The user's own lists under a name. */
export function SavedViewsMenu({ filter, onChoose }: SavedViewsProps) {
  const [isSaving, saving] = useDisclosure(false)
  const [isOpen, open] = useDisclosure(false)
  return (
    <>
      <Popover opened={isOpen} onChange={open.set} position="bottom-end" shadow="md" width={280} trapFocus returnFocus>
        <Popover.Target>
          <Button variant="default" leftSection={<IconBookmark size={16} aria-hidden />} onClick={open.toggle}>
            Views
          </Button>
        </Popover.Target>
        <Popover.Dropdown p={6} aria-label="Saved views">
          <ViewList
            filter={filter}
            onChoose={(next) => {
              open.close()
              onChoose(next)
            }}
          />
          <Divider my={6} />
          <Button
            variant="subtle"
            fullWidth
            justify="flex-start"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => {
              open.close()
              saving.open()
            }}
          >
            Save this view…
          </Button>
        </Popover.Dropdown>
      </Popover>
      <LaterDialog opened={isSaving}>
        {(opened) => <SaveViewDialog opened={opened} query={toQuery(filter)} onClose={saving.close} />}
      </LaterDialog>
    </>
  )
}

function ViewList({ filter, onChoose }: SavedViewsProps) {
  const { data: views, error } = useQuery({
    queryKey: keys.views,
    queryFn: async ({ signal }) => (await call<SavedViews>('/views', { signal })).views,
  })
  if (views === undefined) {
    return error === null ? (
      <Skeleton height={32} />
    ) : (
      <Text size="sm" p="xs" role="alert">
        {messageOf(error)}
      </Text>
    )
  }
  if (views.length === 0) {
    return (
      <Text size="sm" c="dimmed" p="xs">
        A view keeps filters, search and order under a name, such as “My estimates”.
      </Text>
    )
  }
  return views.map((view) => (
    <ViewItem
      key={view.id}
      view={view}
      isChosen={view.query === toQuery(filter)}
      onChoose={() => onChoose(fromQuery(view.query))}
    />
  ))
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
      toastDone(`Removed the view ${view.name}`, {
        undo: () => void saveView(view.name, view.query).catch(toastFailed),
      })
      return queryClient.invalidateQueries({ queryKey: keys.views })
    },
    onError: (error) => toastFailed(error),
  })
  return (
    <Group gap={2} wrap="nowrap">
      <Button
        variant={isChosen ? 'light' : 'subtle'}
        color={isChosen ? 'spruce' : 'gray'}
        c="var(--mantine-color-text)"
        flex={1}
        miw={0}
        justify="flex-start"
        aria-current={isChosen || undefined}
        onClick={onChoose}
      >
        {view.name}
      </Button>
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
