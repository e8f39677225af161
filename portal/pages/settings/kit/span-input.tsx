import { Group, Input, Select, Text, TextInput } from '@mantine/core'
import type { Span, SpanUnit } from '../hours.ts'

interface Props {
  /** What the time is of. */
  readonly name: string
  readonly value?: Span
  readonly onChange?: (span: Span) => void
  readonly error?: React.ReactNode
  /** Then it is only read. */
  readonly disabled: boolean
  /** Whether "at once" is a choice. */
  readonly atOnce?: boolean
  /** How a form finds the field that is to be focused. */
  readonly 'data-path'?: string
}

type Choice = SpanUnit | 'never' | 'at-once'

const FIRST_SPAN = { amount: 1, unit: 'days' } as const
const WORDS = { hours: 'hours', days: 'days', never: 'never', 'at-once': 'at once' } as const
const AMOUNT_DIGITS_MAX = 4

/** So many hours or days, or never. */
export function SpanInput({ name, value = null, onChange, error, disabled, atOnce = false, ...rest }: Props) {
  const choice = choiceOf(value, atOnce)
  if (disabled) return <Text size="sm">{spanText(value, choice)}</Text>
  const choices: Choice[] = atOnce ? ['at-once', 'hours', 'days', 'never'] : ['hours', 'days', 'never']
  const choose = (next: string | null) => onChange?.(spanFor(next as Choice, value))
  return (
    <div>
      <Group gap={6} wrap="nowrap">
        {value !== null && choice !== 'at-once' && (
          <TextInput
            aria-label={`${name}: how many ${value.unit}`}
            inputMode="numeric"
            value={String(value.amount)}
            onChange={(event) => onChange?.({ amount: amountOf(event.currentTarget.value), unit: value.unit })}
            maxLength={AMOUNT_DIGITS_MAX}
            w={58}
            error={Boolean(error)}
            data-path={rest['data-path']}
          />
        )}
        <Select
          aria-label={`${name}: hours, days or never`}
          data={choices.map((each) => ({ value: each, label: wordOf(each, value) }))}
          value={choice}
          onChange={choose}
          allowDeselect={false}
          w={104}
        />
        {choice === 'never' && (
          <Text size="xs" c="dimmed" visibleFrom="sm">
            nobody is reminded
          </Text>
        )}
      </Group>
      {error !== undefined && error !== null && error !== false && <Input.Error mt={4}>{error}</Input.Error>}
    </div>
  )
}

/** Digits only; '' while there are none. */
function amountOf(text: string): number | '' {
  const digits = text.replace(/\D/g, '')
  return digits === '' ? '' : Number(digits)
}

function choiceOf(span: Span, atOnce: boolean): Choice {
  if (span === null) return 'never'
  return atOnce && span.amount === 0 ? 'at-once' : span.unit
}

function spanText(span: Span, choice: Choice): string {
  const word = wordOf(choice, span)
  return span === null || choice === 'at-once' ? word : `${span.amount} ${word}`
}

/** As it is said beside the number: "1 day", "2 days". */
function wordOf(choice: Choice, span: Span): string {
  const isOne = span?.amount === 1 && (choice === 'hours' || choice === 'days')
  return isOne ? WORDS[choice].slice(0, -1) : WORDS[choice]
}

function spanFor(choice: Choice, before: Span): Span {
  if (choice === 'never') return null
  if (choice === 'at-once') return { amount: 0, unit: 'hours' }
  const amount = before === null || before.amount === 0 ? FIRST_SPAN.amount : before.amount
  return { amount, unit: choice }
}
