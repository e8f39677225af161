import { Checkbox, Group, Stack, Text } from '@mantine/core'
import { DayInput } from './field-input.tsx'
import type { Faults, FormPart, Values } from './rules.ts'
import { fieldWords } from './words.ts'

export interface DateOrFlagProps {
  readonly part: Extract<FormPart, { kind: 'either' }>
  readonly idOf: (name: string) => string
  readonly status: string
  readonly values: Values
  readonly faults: Faults
  readonly onChange: (name: string, value: unknown) => void
}

/** A date, or the box that says it is not known yet; ticking the box takes the date away. */
export function DateOrFlag({ part: { date, flag }, idOf, status, values, faults, onChange }: DateOrFlagProps) {
  const isFlagged = values[flag.name] === true
  const label = fieldWords(date.name, status).label
  const tick = (isTicked: boolean) => {
    onChange(flag.name, isTicked ? true : null)
    if (isTicked) onChange(date.name, null)
  }
  return (
    <Group align="flex-start" gap="md" wrap="nowrap">
      <DayInput
        id={idOf(date.name)}
        field={date}
        status={status}
        required
        value={values[date.name]}
        fault={faults[date.name]}
        onChange={(value) => {
          onChange(date.name, value)
          if (value !== null) onChange(flag.name, null)
        }}
      />
      <Stack gap={2} pt={34}>
        <Checkbox
          id={idOf(flag.name)}
          label={fieldWords(flag.name, status).label}
          aria-label={`${label}: to be determined`}
          checked={isFlagged}
          onChange={(event) => tick(event.currentTarget.checked)}
        />
        {faults[flag.name] !== undefined && (
          <Text size="xs" c="red">
            {faults[flag.name]}
          </Text>
        )}
      </Stack>
    </Group>
  )
}
