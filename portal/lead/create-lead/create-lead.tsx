import { Alert, Button, Group, Stack } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useId, useState } from 'react'
import { ApiProblem, call } from '../../api/client.ts'
import { putLead } from '../../api/queries/lead.ts'
import type { Lead } from '../../api/types.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { messageOf } from '../../ui/error-state.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { useIntentKey } from '../intent-key.ts'
import { MoreFields, PersonFields, PlaceFields, RequestFields } from './draft-fields.tsx'
import { DuplicatesHint } from './duplicates-hint.tsx'
import { type Draft, draftFaults, EMPTY_DRAFT, toLeadEdit } from './lead-draft.ts'

export interface CreateLeadProps {
  readonly opened: boolean
  readonly onClose: () => void
}

/** The dialog in which the office writes down a lead that came by phone or in the street. */
export function CreateLead({ opened, onClose }: CreateLeadProps) {
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  return (
    <Dialog opened={opened} onClose={onClose} title="New lead" size="lg" fullScreen={isPhone}>
      <CreateForm onClose={onClose} />
    </Dialog>
  )
}

function CreateForm({ onClose }: Pick<CreateLeadProps, 'onClose'>) {
  const uid = useId()
  const form = useCreateLead(onClose)
  const idOf = (field: string) => `${uid}-${field}`
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const first = form.submit()
    if (first !== null) document.getElementById(idOf(first))?.focus()
  }
  const fields = { draft: form.draft, faults: form.faults, idOf, onChange: form.change }
  return (
    <form onSubmit={submit} noValidate aria-label="New lead">
      <Stack gap="sm">
        <PersonFields {...fields} />
        <DuplicatesHint email={form.draft.email} phone={form.draft.phone} onFollow={onClose} />
        <PlaceFields {...fields} />
        <RequestFields {...fields} />
        <MoreFields {...fields} />
        {form.failure !== null && (
          <Alert color="red" variant="light" icon={<IconAlertTriangle />} title="The lead was not saved" role="alert">
            {messageOf(form.failure)}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={form.isSending}>
            Create lead
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function useCreateLead(onClose: () => void) {
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT)
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({})
  const [failure, setFailure] = useState<unknown>(null)
  const [isSending, setIsSending] = useState(false)
  const keyOf = useIntentKey()
  const navigate = useNavigate()

  async function send(): Promise<void> {
    const body = toLeadEdit(draft)
    setIsSending(true)
    try {
      const lead = putLead(await call<Lead>('/leads', { body, idempotencyKey: keyOf(body) }))
      onClose()
      toastDone(`${lead.name} is in`)
      await navigate({ to: '/leads/$leadId', params: { leadId: String(lead.id) } })
    } catch (error) {
      const field = error instanceof ApiProblem ? error.field : null
      if (field !== null && Object.hasOwn(EMPTY_DRAFT, field)) setFaults({ [field]: messageOf(error) })
      else setFailure(error)
    } finally {
      setIsSending(false)
    }
  }

  return {
    draft,
    faults,
    failure,
    isSending,
    change(field: keyof Draft, value: string): void {
      setDraft((before) => ({ ...before, [field]: value }))
      setFaults({})
    },
    /** Sends when all is well; else gives the first field at fault. */
    submit(): string | null {
      const wrong = draftFaults(draft)
      setFaults(wrong)
      setFailure(null)
      const first = Object.keys(wrong)[0] ?? null
      if (first === null && !isSending) void send()
      return first
    },
  }
}
