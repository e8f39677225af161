import { Alert, Button, Grid, Group, Stack, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { ApiProblem } from '../../api/client.ts'
import { useCompany } from '../../api/queries/company.ts'
import type { Lead } from '../../api/types.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { ConflictDialog } from './conflict-dialog.tsx'
import { FieldInput } from './field-input.tsx'
import { type FieldSpec, wordsOf } from './fields.ts'
import { useLeadEdit } from './use-lead-edit.ts'

export interface EditFormProps {
  readonly lead: Lead
  readonly fields: readonly FieldSpec[]
  /** Fields that a button brings up. */
  readonly more?: readonly FieldSpec[]
  readonly label: string
  readonly onClose: () => void
}

const NO_FIELDS: readonly FieldSpec[] = []

/** Some fields of a lead as a form in place of their card. */
export function EditForm({ lead, fields, more = NO_FIELDS, label, onClose }: EditFormProps) {
  const [all] = useState(() => [...fields, ...more])
  const [isLong, setIsLong] = useState(() => more.some(({ name }) => lead[name] !== null))
  const company = useCompany().data
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.querySelector<HTMLElement>('input, textarea')?.focus(), [])
  const edit = useLeadEdit(lead, all, () => {
    toastDone('Saved.')
    onClose()
  })
  const isUnsaved = () => edit.isDirty && !edit.save.isSuccess
  const leaving = useBlocker({ shouldBlockFn: isUnsaved, enableBeforeUnload: isUnsaved, withResolver: true })
  const fault = edit.fault instanceof ApiProblem ? edit.fault : null
  const isFieldFault = fault?.field !== null && all.some(({ name }) => name === fault?.field)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    edit.save.mutate()
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !edit.isDirty) onClose()
  }
  return (
    <form ref={form} onSubmit={submit} onKeyDown={press} aria-label={label} noValidate>
      <Stack gap="md">
        {edit.isBehind && edit.conflict === null && (
          <Alert color="sky" variant="light" p="sm">
            <Text size="sm">
              This lead was changed meanwhile. What you save is joined with it; if both of you changed one field, you
              choose.
            </Text>
          </Alert>
        )}
        {edit.fault !== null && !isFieldFault && <ErrorState error={edit.fault} title="Not saved" />}
        <Grid gap="sm">
          {(isLong ? all : fields).map((spec) => (
            <Grid.Col key={spec.name} span={spec.half ? { base: 12, xs: 6 } : 12}>
              <FieldInput
                spec={spec}
                value={edit.draft[spec.name] ?? ''}
                error={fault?.field === spec.name ? fault.message : null}
                words={wordsOf(company, spec)}
                onChange={(value) => edit.set(spec.name, value)}
              />
            </Grid.Col>
          ))}
        </Grid>
        <Group justify="space-between" gap="xs">
          {more.length > 0 && !isLong ? (
            <Button variant="subtle" size="sm" onClick={() => setIsLong(true)}>
              More fields
            </Button>
          ) : (
            <span />
          )}
          <Group gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={edit.save.isPending}>
              Save
            </Button>
          </Group>
        </Group>
      </Stack>
      <ConflictDialog conflict={edit.conflict} onResolve={edit.resolve} onClose={edit.closeConflict} />
      <ConfirmDialog
        opened={leaving.status === 'blocked'}
        title="Leave without saving?"
        confirm="Leave"
        danger
        onConfirm={() => leaving.proceed?.()}
        onClose={() => leaving.reset?.()}
      >
        What you typed under “{label}” is not saved yet.
      </ConfirmDialog>
    </form>
  )
}
