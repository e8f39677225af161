import { Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import type { WebhookReplay } from '../../../api/types.ts'
import { formatCount } from '../../../format.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { toastDone } from '../../../ui/toast.tsx'
import { FormFault } from '../kit/settings-section.tsx'
import { useSettingsForm } from '../kit/use-settings-form.ts'
import { replay } from './webhook-queries.ts'

interface ReplayValues extends Record<string, unknown> {
  kind: 'since' | 'between'
  /** As the browser's field for a date and a time gives it, in the user's own time zone. */
  from: string
  to: string
}

const DAY_MS = 86_400_000
const PAST = 'Choose a time in the past.'

const KINDS = [
  { value: 'since', label: 'Everything since' },
  { value: 'between', label: 'Everything between' },
]

/** Asks for a stretch of time whose messages are sent again. */
export function ReplayDialog({ id, onClose }: { id: number; onClose: () => void }) {
  const { form, saving, fault, submit } = useSettingsForm<ReplayValues>({
    initialValues: { kind: 'since', from: fieldText(Date.now() - DAY_MS), to: fieldText(Date.now()) },
    validateInputOnBlur: false,
    validate: {
      from: (text) => (isPast(text) ? null : PAST),
      to: (text, { kind, from }) => (kind === 'since' || text > from ? null : 'Choose a time after the first.'),
    },
    save: async (values) => {
      const queued = await replay(id, bodyOf(values))
      toastDone(queued === 0 ? 'Nothing happened in that time that this endpoint is told' : messageWords(queued))
      onClose()
    },
  })
  const isBetween = form.getValues().kind === 'between'
  return (
    <Dialog opened onClose={onClose} title="Send messages again">
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <FormFault fault={fault} />
          <Text size="sm" c="dimmed">
            Whatever happened to leads in that time is sent, whether it was sent before or not. A message keeps its id,
            so that your receiver can pass over what it has had.
          </Text>
          <SegmentedControl aria-label="Which messages" fullWidth data={KINDS} {...form.getInputProps('kind')} />
          <TextInput
            type="datetime-local"
            label={isBetween ? 'From' : 'Since'}
            max={fieldText(Date.now())}
            {...form.getInputProps('from')}
          />
          {isBetween && <TextInput type="datetime-local" label="To" {...form.getInputProps('to')} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={saving}>
              Send again
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}

/** "1 message is on its way", "1,200 messages are on their way". */
export function messageWords(queued: number): string {
  return queued === 1 ? '1 message is on its way' : `${formatCount(queued)} messages are on their way`
}

function bodyOf({ kind, from, to }: ReplayValues): WebhookReplay {
  const instant = (text: string) => new Date(text).toISOString()
  return kind === 'since' ? { since: instant(from) } : { from: instant(from), to: instant(to) }
}

function isPast(text: string): boolean {
  return Date.parse(text) < Date.now()
}

function fieldText(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000)
  return local.toISOString().slice(0, 16)
}
