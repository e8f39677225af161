import '@mantine/dates/styles.layer.css'
import { Group, Select } from '@mantine/core'
import { DatePickerInput } from '@mantine/dates'
import { IconCalendar, IconUser } from '@tabler/icons-react'
import { useState } from 'react'
import { useUsers } from '../../api/queries/company.ts'
import { calendarWords } from './calendar-words.ts'
import { DEFAULT_PRESET, type Period, PRESETS, type Preset, type ReportSearch } from './period.ts'
import classes from './reports.module.css'

interface Props {
  readonly search: ReportSearch
  readonly period: Period
  readonly today: string
  readonly onChange: (search: ReportSearch) => void
}

const CUSTOM = 'custom'
const EVERYBODY = 'all'

/** Which leads the report is of: when they came, and whose they are. */
export function ReportFilters({ search, period, today, onChange }: Props) {
  const who = search.assignee === undefined ? {} : { assignee: search.assignee }
  const isCustom = search.from !== undefined
  const choose = (value: string | null) => {
    if (value === CUSTOM) onChange({ ...period, ...who })
    else if (value !== null) onChange({ ...(value === DEFAULT_PRESET ? {} : { period: value as Preset }), ...who })
  }
  return (
    <Group align="flex-end" gap="sm" className={classes.filters}>
      <Select
        label="Leads that came"
        data={[...PRESETS, { value: CUSTOM, label: 'From … to …' }]}
        value={isCustom ? CUSTOM : (search.period ?? DEFAULT_PRESET)}
        onChange={choose}
        allowDeselect={false}
        leftSection={<IconCalendar size={16} aria-hidden />}
      />
      {isCustom && (
        <DaysInput
          key={`${period.from} ${period.to}`}
          period={period}
          today={today}
          onChange={(days) => onChange({ ...days, ...who })}
        />
      )}
      <AssigneeSelect search={search} onChange={onChange} />
    </Group>
  )
}

interface DaysInputProps {
  readonly period: Period
  readonly today: string
  readonly onChange: (period: Period) => void
}

/** Two days out of one calendar. The report follows when the second is chosen. */
function DaysInput({ period, today, onChange }: DaysInputProps) {
  const [days, setDays] = useState<[string | null, string | null]>([period.from, period.to])
  const [words] = useState(calendarWords)
  const take = (next: [string | null, string | null]) => {
    setDays(next)
    const [from, to] = next
    if (from !== null && to !== null) onChange({ from, to })
  }
  return (
    <DatePickerInput
      type="range"
      label="Days"
      value={days}
      onChange={take}
      maxDate={today}
      allowSingleDateInRange
      {...words}
    />
  )
}

function AssigneeSelect({ search, onChange }: Pick<Props, 'search' | 'onChange'>) {
  const { data: users = [] } = useUsers()
  const people = users.map(({ id, name, active }) => ({ value: String(id), label: active ? name : `${name} (off)` }))
  const { assignee: _, ...when } = search
  return (
    <Select
      label="Assigned to"
      data={[
        { value: EVERYBODY, label: 'Everybody' },
        { value: 'me', label: 'Me' },
        { value: 'none', label: 'Nobody' },
        ...(people.length > 0 ? [{ group: 'Users', items: people }] : []),
      ]}
      value={search.assignee ?? EVERYBODY}
      onChange={(value) => onChange(value === null || value === EVERYBODY ? when : { ...when, assignee: value })}
      allowDeselect={false}
      searchable={people.length > 8}
      leftSection={<IconUser size={16} aria-hidden />}
    />
  )
}
