import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { messageOf } from '../../ui/error-state.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { saveView } from './save-view.ts'

export interface SaveViewDialogProps {
  readonly opened: boolean
  /** The filter as words of an address. */
  readonly query: string
  readonly onClose: () => void
}

/** Asks for the name of a view. */
export function SaveViewDialog({ opened, query, onClose }: SaveViewDialogProps) {
  return (
    <Dialog opened={opened} onClose={onClose} title="Save this view" size="sm">
      <SaveForm query={query} onClose={onClose} />
    </Dialog>
  )
}

function SaveForm({ query, onClose }: { query: string; onClose: () => void }) {
  const [name, setName] = useState('')
  const saving = useMutation({
    mutationFn: () => saveView(name.trim(), query),
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
