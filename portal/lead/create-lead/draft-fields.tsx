import {
  Autocomplete,
  Button,
  Collapse,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown } from '@tabler/icons-react'
import { useCompany, useUsers } from '../../api/queries/company.ts'
import { useCurrency } from '../../ui/money-text.tsx'
import { currencySign, numberMarks } from '../status-form/number-marks.ts'
import type { Draft, DraftField } from './lead-draft.ts'

export interface DraftFieldsProps {
  readonly draft: Draft
  readonly faults: Readonly<Record<string, string>>
  readonly idOf: (field: string) => string
  readonly onChange: (field: keyof Draft, value: string) => void
}

const TWO = { base: 1, xs: 2 } as const

/** What every text input of the dialog has in common. */
function basics({ draft, faults, idOf, onChange }: DraftFieldsProps, field: DraftField, label: string) {
  return {
    id: idOf(field),
    label,
    value: draft[field],
    error: faults[field],
    onChange: (event: { currentTarget: { value: string } }) => onChange(field, event.currentTarget.value),
  }
}

/** The customer's data is not the user's own, so the browser fills nothing in. */
const off = { autoComplete: 'off' } as const

/** Who asks, and how to reach them. */
export function PersonFields(props: DraftFieldsProps) {
  return (
    <SimpleGrid cols={TWO} spacing="sm" verticalSpacing="sm">
      <TextInput {...basics(props, 'firstName', 'First name')} {...off} data-autofocus />
      <TextInput {...basics(props, 'lastName', 'Last name')} {...off} />
      <TextInput {...basics(props, 'phone', 'Phone')} {...off} type="tel" inputMode="tel" />
      <TextInput {...basics(props, 'email', 'E-mail')} {...off} type="email" inputMode="email" />
    </SimpleGrid>
  )
}

/** Where the job is. */
export function PlaceFields(props: DraftFieldsProps) {
  return (
    <SimpleGrid cols={TWO} spacing="sm" verticalSpacing="sm">
      <TextInput {...basics(props, 'customerCompany', 'Company')} {...off} />
      <TextInput {...basics(props, 'address', 'Address')} {...off} />
      <TextInput {...basics(props, 'city', 'City')} {...off} />
      <SimpleGrid cols={2} spacing="sm">
        <TextInput {...basics(props, 'state', 'State or province')} {...off} />
        <TextInput {...basics(props, 'zip', 'Postal code')} {...off} />
      </SimpleGrid>
    </SimpleGrid>
  )
}

/** What they ask for. */
export function RequestFields(props: DraftFieldsProps) {
  const { data: company } = useCompany()
  return (
    <Stack gap="sm">
      <WordInput {...props} field="category" label="Category" words={company?.categories ?? []} />
      <Textarea {...basics(props, 'originalDescription', 'What is it about?')} autosize minRows={2} maxRows={8} />
    </Stack>
  )
}

const FURTHER: readonly (keyof Draft)[] = [
  'value',
  'type',
  'stage',
  'sourceLabel',
  'assigneeId',
  'nextActionDate',
  'notes',
]

/** What can wait, behind a button; it opens by itself when the server finds fault with something in it. */
export function MoreFields(props: DraftFieldsProps) {
  const [opened, { toggle }] = useDisclosure(false)
  const isOpen = opened || FURTHER.some((field) => props.faults[field] !== undefined)
  return (
    <Stack gap="sm">
      <Button
        variant="subtle"
        size="compact-sm"
        onClick={toggle}
        aria-expanded={isOpen}
        rightSection={<IconChevronDown size={15} aria-hidden style={{ rotate: isOpen ? '180deg' : 'none' }} />}
        style={{ alignSelf: 'flex-start' }}
      >
        Value, assignee and more
      </Button>
      <Collapse expanded={isOpen}>
        <FurtherFields {...props} />
      </Collapse>
    </Stack>
  )
}

function FurtherFields(props: DraftFieldsProps) {
  const { draft, faults, idOf, onChange } = props
  const { data: company } = useCompany()
  const { data: users } = useUsers()
  const assignees = (users ?? []).filter(({ active }) => active)
  return (
    <Stack gap="sm">
      <SimpleGrid cols={TWO} spacing="sm" verticalSpacing="sm">
        <ValueInput {...props} />
        <Select
          id={idOf('assigneeId')}
          label="Assignee"
          placeholder="Nobody yet"
          data={assignees.map(({ id, name }) => ({ value: String(id), label: name }))}
          clearable
          searchable
          error={faults['assigneeId']}
          value={draft.assigneeId === '' ? null : draft.assigneeId}
          onChange={(value) => onChange('assigneeId', value ?? '')}
        />
        <TextInput {...basics(props, 'nextActionDate', 'Next action on')} type="date" />
        <WordInput {...props} field="sourceLabel" label="How they found you" words={company?.sources ?? []} />
        <WordInput {...props} field="type" label="Type" words={company?.types ?? []} />
        <WordInput {...props} field="stage" label="Your own stage" words={company?.stages ?? []} />
      </SimpleGrid>
      <Textarea {...basics(props, 'notes', 'Notes')} autosize minRows={2} maxRows={8} />
    </Stack>
  )
}

function ValueInput({ draft, faults, idOf, onChange }: DraftFieldsProps) {
  const currency = useCurrency()
  return (
    <NumberInput
      id={idOf('value')}
      label="Estimated value"
      {...numberMarks()}
      inputMode="decimal"
      leftSection={<Text size="sm">{currencySign(currency)}</Text>}
      allowNegative={false}
      decimalScale={2}
      hideControls
      valueIsNumericString
      error={faults['value']}
      value={draft.value}
      onValueChange={({ value }) => onChange('value', value)}
    />
  )
}

interface WordInputProps extends DraftFieldsProps {
  readonly field: DraftField
  readonly label: string
  readonly words: readonly string[]
}

/** One of the company's words, or another. */
function WordInput({ field, label, words, draft, faults, idOf, onChange }: WordInputProps) {
  return (
    <Autocomplete
      id={idOf(field)}
      label={label}
      data={[...words]}
      error={faults[field]}
      value={draft[field]}
      onChange={(value) => onChange(field, value)}
    />
  )
}
