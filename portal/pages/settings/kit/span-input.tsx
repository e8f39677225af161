import { Group, Input, NumberInput, Select, Text } from '@mantine/core'
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
const AMOUNT_MAX = 9999

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
          <NumberInput
            aria-label={`${name}: how many ${value.unit}`}
            value={value.amount}
            onChange={(amount) => onChange?.({ amount: typeof amount === 'number' ? amount : '', unit: value.unit })}
            min={1}
            max={AMOUNT_MAX}
            allowDecimal={false}
            allowNegative={false}
            hideControls
            w={58}
            error={Boolean(error)}
            data-path={rest['data-path']}
          />
        )}
        <Select
          aria-label={`${name}: hours, days or never`}
          data={choices.map((each) => ({ value: each, label: WORDS[each] }))}
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

function choiceOf(span: Span, atOnce: boolean): Choice {
  if (span === null) return 'never'
  return atOnce && span.amount === 0 ? 'at-once' : span.unit
}

function spanText(span: Span, choice: Choice): string {
  if (span === null || choice === 'at-once') return WORDS[choice]
  return span.amount === 1 ? `1 ${span.unit.slice(0, -1)}` : `${span.amount} ${span.unit}`
}

function spanFor(choice: Choice, before: Span): Span {
  if (choice === 'never') return null
  if (choice === 'at-once') return { amount: 0, unit: 'hours' }
  const amount = before === null || before.amount === 0 ? FIRST_SPAN.amount : before.amount
  return { amount, unit: choice }
}
