import { Button, Chip, Group, Stack, Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { declineLead } from '../../api/queries/lead.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { messageOf } from '../../ui/error-state.tsx'
import { toastDone } from '../../ui/toast.tsx'

const REASON_LENGTH_MAX = 500
const USUAL_REASONS = ['Outside our area', 'Fully booked', 'Not our kind of work', 'Too small a job']

export interface DeclineDialogProps {
  /** The offer to decline; null while the dialog is closed. */
  readonly lead: { readonly id: number; readonly name: string } | null
  readonly onClose: () => void
}

/** Asks why before an offer is declined, which cannot be taken back. */
export function DeclineDialog({ lead, onClose }: DeclineDialogProps) {
  return (
    <Dialog opened={lead !== null} onClose={onClose} title="Decline this offer">
      {lead !== null && <DeclineForm key={lead.id} lead={lead} onClose={onClose} />}
    </Dialog>
  )
}

function DeclineForm({ lead, onClose }: { lead: { id: number; name: string }; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const decline = useMutation({
    mutationFn: () => declineLead(lead.id, reason.trim()),
    onSuccess: () => {
      toastDone(`${lead.name} was declined.`)
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (reason.trim() !== '') decline.mutate()
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">
          Whoever offered <strong>{lead.name}</strong> sees the reason. An answer to an offer is final.
        </Text>
        <UsualReasons chosen={reason} onChoose={setReason} />
        <Textarea
          label="Reason"
          required
          withAsterisk={false}
          autosize
          minRows={2}
          maxLength={REASON_LENGTH_MAX}
          data-autofocus
          value={reason}
          error={decline.isError ? messageOf(decline.error) : null}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" color="red" loading={decline.isPending} disabled={reason.trim() === ''}>
            Decline
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function UsualReasons({ chosen, onChoose }: { chosen: string; onChoose: (reason: string) => void }) {
  return (
    <Chip.Group value={chosen} onChange={(value) => onChoose(String(value))}>
      <Group gap={6}>
        {USUAL_REASONS.map((each) => (
          <Chip key={each} value={each} size="xs" variant="light">
            {each}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  )
}
