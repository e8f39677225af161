import { Checkbox, Group, NumberInput, Radio, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useCurrency } from '../../ui/money-text.tsx'
import { currencySign, numberMarks } from './number-marks.ts'
import type { FieldRule } from './rules.ts'
import { choiceWord, fieldWords } from './words.ts'

export interface FieldInputProps {
  readonly id: string
  readonly field: FieldRule
  readonly status: string
  readonly value: unknown
  readonly required: boolean
  readonly fault: string | undefined
  readonly onChange: (value: unknown) => void
}

/** The input of one served field, by its kind. */
export function FieldInput(props: FieldInputProps) {
  switch (props.field.kind) {
    case 'text':
      return <NoteInput {...props} />
    case 'date':
      return <DayInput {...props} />
    case 'amount':
      return <AmountInput {...props} />
    case 'choice':
      return props.required ? <ChoiceRadios {...props} /> : <ChoiceSelect {...props} />
    case 'flag':
      return <FlagInput {...props} />
  }
}

/** What every input of the form has in common. */
function basics({ id, field, status, required, fault }: FieldInputProps) {
  const { label, help } = fieldWords(field.name, status)
  return {
    id,
    label: required ? label : `${label} (optional)`,
    description: help,
    error: fault,
    withAsterisk: required,
    'aria-required': required,
  }
}

function NoteInput(props: FieldInputProps) {
  const text = typeof props.value === 'string' ? props.value : ''
  const { lengthMax } = props.field
  const length = [...text.trim()].length
  const isLong = lengthMax !== undefined && length > lengthMax * 0.8
  return (
    <Stack gap={4}>
      <Textarea
        {...basics(props)}
        autosize
        minRows={2}
        maxRows={8}
        value={text}
        onChange={(event) => props.onChange(event.currentTarget.value)}
      />
      {isLong && (
        <Text size="xs" c={length > lengthMax ? 'red' : 'dimmed'} ta="right" className="lw-number">
          {length} of {lengthMax}
        </Text>
      )}
    </Stack>
  )
}

export function DayInput(props: FieldInputProps) {
  return (
    <TextInput
      {...basics(props)}
      type="date"
      min={props.field.earliest}
      w={190}
      value={typeof props.value === 'string' ? props.value : ''}
      onChange={(event) => props.onChange(event.currentTarget.value || null)}
    />
  )
}

function AmountInput(props: FieldInputProps) {
  const currency = useCurrency()
  const { value } = props
  return (
    <NumberInput
      {...basics(props)}
      {...numberMarks()}
      inputMode="decimal"
      leftSection={<Text size="sm">{currencySign(currency)}</Text>}
      allowNegative={false}
      decimalScale={props.field.decimals ?? 2}
      hideControls
      maw={300}
      valueIsNumericString
      value={typeof value === 'string' || typeof value === 'number' ? String(value) : ''}
      onValueChange={(next) => props.onChange(next.value === '' ? null : next.value)}
    />
  )
}

function ChoiceRadios(props: FieldInputProps) {
  // Each radio says that one is required: on the frame around them nobody would hear it.
  const { id, 'aria-required': required, ...shown } = basics(props)
  return (
    <Radio.Group
      {...shown}
      value={typeof props.value === 'string' ? props.value : null}
      onChange={(value) => props.onChange(value)}
    >
      <Group mt={6} gap="lg">
        {(props.field.values ?? []).map((value, place) => (
          <Radio
            key={value}
            {...(place === 0 ? { id } : {})}
            value={value}
            label={choiceWord(value)}
            required={required}
          />
        ))}
      </Group>
    </Radio.Group>
  )
}

function ChoiceSelect(props: FieldInputProps) {
  return (
    <Select
      {...basics(props)}
      data={(props.field.values ?? []).map((value) => ({ value, label: choiceWord(value) }))}
      placeholder="Choose"
      clearable
      maw={320}
      value={typeof props.value === 'string' ? props.value : null}
      onChange={(value) => props.onChange(value)}
    />
  )
}

function FlagInput(props: FieldInputProps) {
  const { id, error, label } = basics(props)
  return (
    <Checkbox
      id={id}
      label={label}
      error={error}
      checked={props.value === true}
      onChange={(event) => props.onChange(event.currentTarget.checked ? true : null)}
    />
  )
}
