import { Group, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import type { ConnectionValues } from './connection-values.ts'

const MINUTE = 60

/** The interval of looks, and the limits of the account. */
export function PaceFields({ form }: { form: UseFormReturnType<ConnectionValues> }) {
  const seconds = form.getValues().intervalSeconds
  return (
    <Stack gap="md">
      <NumberInput
        label="Look every so many seconds"
        description={
          seconds === '' ? 'From 5 seconds to a day.' : `That is ${spanWords(seconds)}. From 5 seconds to a day.`
        }
        min={5}
        max={86_400}
        step={MINUTE}
        allowDecimal={false}
        allowNegative={false}
        {...form.getInputProps('intervalSeconds')}
      />
      <TextInput
        label="Limits of the account"
        description="Calls within a window, such as hour:500,day:10000 or 5m:250; off for none."
        maxLength={200}
        spellCheck={false}
        {...form.getInputProps('limits')}
      />
      <Group>
        <Text size="xs" c="dimmed">
          Regular looks use at most half of each limit, and leave a fifth for your changes, whatever else happens.
        </Text>
      </Group>
    </Stack>
  )
}

function spanWords(seconds: number): string {
  if (seconds < MINUTE) return `${seconds} seconds`
  if (seconds % MINUTE !== 0) return `${(seconds / MINUTE).toFixed(1)} minutes`
  return seconds === MINUTE ? 'a minute' : `${seconds / MINUTE} minutes`
}
