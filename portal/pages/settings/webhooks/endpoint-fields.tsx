import { Checkbox, NumberInput, SimpleGrid, Stack, Switch, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { NewWebhookEndpoint, WebhookEndpoint, WebhookEvent } from '../../../api/types.ts'
import { EVENT_WORDS, EVENTS } from './webhook-words.ts'

export interface EndpointValues extends Record<string, unknown> {
  url: string
  description: string
  /** Then `events` is not looked at. */
  all: boolean
  events: WebhookEvent[]
  /** '': no limit. */
  perSecond: number | string
}

export const EMPTY_ENDPOINT: EndpointValues = { url: '', description: '', all: true, events: [], perSecond: '' }

export function valuesOf({ url, description, events, perSecond }: WebhookEndpoint): EndpointValues {
  return { url, description: description ?? '', all: events.length === 0, events, perSecond: perSecond ?? '' }
}

export function settingsOf({ url, description, all, events, perSecond }: EndpointValues): NewWebhookEndpoint {
  return {
    url: url.trim(),
    description: description.trim() === '' ? null : description.trim(),
    events: all ? [] : events,
    perSecond: typeof perSecond === 'number' ? perSecond : null,
  }
}

export const ENDPOINT_RULES = {
  url: (text: string) => (/^https?:\/\/\S+$/.test(text.trim()) ? null : 'Enter an address that begins with https://.'),
  events: (events: readonly WebhookEvent[], { all }: EndpointValues) =>
    all || events.length > 0 ? null : 'Choose at least one event.',
}

const PER_SECOND_MAX = 1000

/** What the office says of an endpoint. */
export function EndpointFields({ form }: { form: UseFormReturnType<EndpointValues> }) {
  return (
    <Stack gap="md">
      <TextInput
        label="Address"
        description="Where messages are sent, by POST."
        placeholder="https://example.com/leadwright"
        type="url"
        required
        withAsterisk={false}
        maxLength={2000}
        data-autofocus
        {...form.getInputProps('url')}
      />
      <TextInput
        label="Description"
        placeholder="CRM of the office"
        maxLength={200}
        {...form.getInputProps('description')}
      />
      <Switch
        label="All events"
        description="Those that a later version adds included."
        {...form.getInputProps('all', { type: 'checkbox' })}
      />
      {!form.getValues().all && (
        <Checkbox.Group label="Only these events" {...form.getInputProps('events')}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt="xs" mb={6}>
            {EVENTS.map((event) => (
              <Checkbox key={event} value={event} label={EVENT_WORDS[event]} description={event} />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
      )}
      <NumberInput
        label="Calls a second, at most"
        description="Leave it empty to send as fast as the address answers."
        placeholder="No limit"
        min={1}
        max={PER_SECOND_MAX}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="strict"
        styles={{ wrapper: { maxWidth: 220 } }}
        {...form.getInputProps('perSecond')}
      />
    </Stack>
  )
}
