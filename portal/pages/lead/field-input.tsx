import { Autocomplete, NumberInput, Textarea, TextInput, type TextInputProps } from '@mantine/core'
import { numberMarks } from '../../lead/status-form/number-marks.ts'
import { useCurrency } from '../../ui/money-text.tsx'
import { type FieldKind, type FieldSpec, labelOf } from './fields.ts'

export interface FieldInputProps {
  readonly spec: FieldSpec
  readonly value: string
  readonly error: string | null
  readonly words: readonly string[]
  readonly onChange: (value: string) => void
}

const INPUTS: { readonly [K in FieldKind]?: TextInputProps } = {
  email: { type: 'email', inputMode: 'email' },
  phone: { type: 'tel', inputMode: 'tel' },
  url: { inputMode: 'url' },
  date: { type: 'date' },
  quality: { inputMode: 'numeric', description: '0 to 100' },
}

/** The input of one field of a lead, by its kind. */
export function FieldInput({ spec, value, error, words, onChange }: FieldInputProps) {
  // A browser would fill in the user's own data, and not the customer's.
  const common = { label: labelOf(spec), value, error, autoComplete: 'off' }
  if (spec.kind === 'long') {
    return (
      <Textarea
        {...common}
        autosize
        minRows={spec.rows ?? 3}
        maxRows={16}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    )
  }
  if (spec.kind === 'words' && words.length > 0) {
    return <Autocomplete {...common} data={[...words]} onChange={onChange} />
  }
  if (spec.kind === 'money') return <MoneyInput {...common} onChange={onChange} />
  return <TextInput {...common} {...INPUTS[spec.kind]} onChange={(event) => onChange(event.currentTarget.value)} />
}

interface MoneyInputProps extends Pick<FieldInputProps, 'value' | 'error' | 'onChange'> {
  readonly label: string
  readonly autoComplete: string
}

/** Written as in the user's language, and kept as "18500.50". */
function MoneyInput({ onChange, ...common }: MoneyInputProps) {
  const currency = useCurrency()
  return (
    <NumberInput
      {...common}
      {...numberMarks()}
      description={currency}
      inputMode="decimal"
      allowNegative={false}
      decimalScale={2}
      hideControls
      valueIsNumericString
      onValueChange={({ value }, { source }) => {
        // A value that comes from without is not the user's.
        if (source !== 'prop') onChange(value)
      }}
    />
  )
}
