import { Button, Group, Pill } from '@mantine/core'
import type { LeadFilter } from '../../api/keys.ts'
import { useUsers } from '../../api/queries/company.ts'
import { formatDate } from '../../format.ts'
import { SOURCE_WORDS, STATUS_WORDS } from '../../words.ts'
import type { ChangeFilter } from './use-lead-filter.ts'

export interface FilterPillsProps {
  readonly filter: LeadFilter
  readonly onChange: ChangeFilter
  readonly onClear: () => void
}

interface FilterPill {
  readonly name: string
  readonly words: string
  readonly remove: () => void
}

/** What the list is narrowed down by, each to be taken away. */
export function FilterPills({ filter, onChange, onClear }: FilterPillsProps) {
  const { data: users } = useUsers()
  const nameOf = (assignee: string) => users?.find(({ id }) => String(id) === assignee)?.name ?? 'Somebody'
  const pills = [...listPills(filter, onChange), ...singlePills(filter, onChange, nameOf)]
  if (pills.length === 0) return null
  return (
    <Group gap={6} mb="sm" aria-label="Filters in use" role="group">
      {pills.map(({ name, words, remove }) => (
        <Pill
          key={name}
          size="md"
          withRemoveButton
          onRemove={remove}
          removeButtonProps={{ 'aria-label': `Remove the filter ${words}`, tabIndex: 0, 'aria-hidden': false }}
        >
          {words}
        </Pill>
      ))}
      <Button size="compact-sm" variant="subtle" color="gray" onClick={onClear}>
        Clear all
      </Button>
    </Group>
  )
}

const LIST_WORDS = {
  boardStage: (value: string) => value,
  status: (value: string) => STATUS_WORDS[value as keyof typeof STATUS_WORDS],
  source: (value: string) => SOURCE_WORDS[value as keyof typeof SOURCE_WORDS],
  category: (value: string) => value,
} as const

function listPills(filter: LeadFilter, onChange: ChangeFilter): FilterPill[] {
  return Object.entries(LIST_WORDS).flatMap(([field, wordOf]) => {
    const values: readonly string[] = filter[field as keyof typeof LIST_WORDS] ?? []
    return values.map((value) => {
      const left = values.filter((other) => other !== value)
      const remove = () => onChange({ [field]: left.length === 0 ? undefined : left })
      return { name: `${field} ${value}`, words: wordOf(value), remove }
    })
  })
}

function singlePills(filter: LeadFilter, onChange: ChangeFilter, nameOf: (assignee: string) => string): FilterPill[] {
  const { assignee, requiresAction, createdFrom, createdTo } = filter
  const whose = assignee === 'me' ? 'Mine' : assignee === 'none' ? 'Nobody’s' : nameOf(assignee ?? '')
  const pills: (FilterPill | null)[] = [
    assignee === undefined ? null : { name: 'assignee', words: whose, remove: () => onChange({ assignee: undefined }) },
    requiresAction === undefined
      ? null
      : { name: 'due', words: 'Requires action', remove: () => onChange({ requiresAction: undefined }) },
    createdFrom === undefined
      ? null
      : { name: 'from', words: `From ${formatDate(createdFrom)}`, remove: () => onChange({ createdFrom: undefined }) },
    createdTo === undefined
      ? null
      : { name: 'to', words: `To ${formatDate(createdTo)}`, remove: () => onChange({ createdTo: undefined }) },
  ]
  return pills.filter((pill) => pill !== null)
}
