import { type UseFormInput, type UseFormReturnType, useForm } from '@mantine/form'
import { useState } from 'react'
import { ApiProblem } from '../../../api/client.ts'
import { useIntentKey } from '../../../lead/intent-key.ts'
import { messageOf } from '../../../ui/error-state.tsx'

export interface SettingsForm<V> {
  readonly form: UseFormReturnType<V>
  readonly saving: boolean
  /** What the server said against the form as a whole; null when it named a field, or said nothing. */
  readonly fault: string | null
  /** For a form element: checks, saves, and brings the first field at fault into focus. */
  readonly submit: (event?: React.SyntheticEvent<HTMLFormElement>) => void
}

export interface SettingsFormOptions<V> extends UseFormInput<V> {
  /**
   * Sends the values; what it throws is shown beside its field. The key is for Idempotency-Key: the same one for the same
   * values, so that a second try after a broken line gets the answer of the first, and what that shows only once.
   */
  readonly save: (values: V, key: string) => Promise<unknown>
}

/** A form whose refusals, its own and the server's, stand beside their fields. */
export function useSettingsForm<V extends Record<string, unknown>>({
  save,
  ...input
}: SettingsFormOptions<V>): SettingsForm<V> {
  const form = useForm<V>({ validateInputOnBlur: true, ...input })
  const [saving, setSaving] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  // One more each time that nobody knows what came of a key: whoever then tries again has been told to look first.
  const [attempt, setAttempt] = useState(0)
  const keyOf = useIntentKey()

  async function send(values: V): Promise<void> {
    setSaving(true)
    setFault(null)
    try {
      await save(values, keyOf([attempt, values]))
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'idempotency.outcome-unknown') setAttempt(attempt + 1)
      const field = fieldOf(error, form.getValues())
      if (field === null) setFault(messageOf(error))
      else {
        form.setFieldError(field, besideField(messageOf(error), field))
        focusOn(form.getInputNode(field))
      }
    } finally {
      setSaving(false)
    }
  }

  const submit = form.onSubmit(
    (values) => void send(values),
    (errors) => {
      const first = Object.keys(errors)[0]
      if (first !== undefined) focusOn(form.getInputNode(first))
    },
  )
  return { form, saving, fault, submit }
}

/** The path of the field that a refusal names; null when this form does not have it. */
function fieldOf(error: unknown, values: Record<string, unknown>): string | null {
  if (!(error instanceof ApiProblem) || error.field === null) return null
  const [head = ''] = error.field.split(/[.[]/)
  return head in values ? error.field : null
}

/** The server's sentence begins with the wire's name of the field, which stands above it already. */
function besideField(text: string, field: string): string {
  const name = field.split('.').at(-1) ?? field
  return text.startsWith(`${name} `) ? `This ${text.slice(name.length + 1)}` : text
}

function focusOn(node: HTMLElement | null): void {
  // After the message is there, so that a reader hears both.
  window.setTimeout(() => node?.focus(), 0)
}
