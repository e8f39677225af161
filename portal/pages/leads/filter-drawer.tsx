import { Button, Checkbox, Group, MultiSelect, Select, SimpleGrid, Stack, TagsInput, TextInput } from '@mantine/core'
import type { LeadFilter } from '../../api/keys.ts'
import { useCompany, useUsers } from '../../api/queries/company.ts'
import { SideDialog } from '../../ui/side-dialog.tsx'
import { SOURCE_WORDS, STAGE_COLORS, STATUS_WORDS } from '../../words.ts'
import type { ChangeFilter } from './use-lead-filter.ts'

export interface FilterDrawerProps {
  readonly opened: boolean
  readonly filter: LeadFilter
  readonly onChange: ChangeFilter
  readonly onClear: () => void
  readonly onClose: () => void
}

const STAGES = Object.keys(STAGE_COLORS)
const STATUSES = Object.entries(STATUS_WORDS).map(([value, label]) => ({ value, label }))
const SOURCES = Object.entries(SOURCE_WORDS).map(([value, label]) => ({ value, label }))

/** Everything that the list can be narrowed down by; the list follows at once. */
export function FilterDrawer({ opened, onClose, ...props }: FilterDrawerProps) {
  return (
    <SideDialog
      opened={opened}
      onClose={onClose}
      position="right"
      title="Filters"
      size="sm"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <FilterFields {...props} onClose={onClose} />
    </SideDialog>
  )
}

/** An empty list of words is no filter. */
function orNone<T>(values: T[]): T[] | undefined {
  return values.length === 0 ? undefined : values
}

function FilterFields({ filter, onChange, onClear, onClose }: Omit<FilterDrawerProps, 'opened'>) {
  return (
    <Stack gap="md">
      <ProgressFilters filter={filter} onChange={onChange} />
      <AssigneeFilter filter={filter} onChange={onChange} />
      <OriginFilters filter={filter} onChange={onChange} />
      <CameFilter filter={filter} onChange={onChange} />
      <Checkbox
        label="Only those that require action"
        checked={filter.requiresAction === true}
        onChange={(event) => onChange({ requiresAction: event.currentTarget.checked || undefined })}
      />
      <Group justify="space-between" mt="sm">
        <Button variant="subtle" color="gray" onClick={onClear}>
          Clear all
        </Button>
        <Button onClick={onClose}>Show the leads</Button>
      </Group>
    </Stack>
  )
}

type PartProps = Pick<FilterDrawerProps, 'filter' | 'onChange'>

/** How far they have come. */
function ProgressFilters({ filter, onChange }: PartProps) {
  return (
    <>
      <MultiSelect
        label="Stage"
        data={STAGES}
        clearable
        disabled={filter.deleted === true}
        placeholder={filter.boardStage === undefined ? 'Any' : ''}
        value={filter.boardStage ?? []}
        onChange={(value) => onChange({ boardStage: orNone(value) as LeadFilter['boardStage'] })}
      />
      <MultiSelect
        label="Status"
        data={STATUSES}
        clearable
        searchable
        placeholder={filter.status === undefined ? 'Any' : ''}
        value={filter.status ?? []}
        onChange={(value) => onChange({ status: orNone(value) as LeadFilter['status'] })}
      />
    </>
  )
}

/** What is asked for, and where it came from. */
function OriginFilters({ filter, onChange }: PartProps) {
  const { data: company } = useCompany()
  return (
    <>
      <TagsInput
        label="Category"
        data={company?.categories ?? []}
        placeholder={filter.category === undefined ? 'Choose or write one' : ''}
        clearable
        acceptValueOnBlur
        value={filter.category ?? []}
        onChange={(value) => onChange({ category: orNone(value) })}
      />
      <MultiSelect
        label="Came through"
        data={SOURCES}
        clearable
        placeholder={filter.source === undefined ? 'Any' : ''}
        value={filter.source ?? []}
        onChange={(value) => onChange({ source: orNone(value) as LeadFilter['source'] })}
      />
    </>
  )
}

function AssigneeFilter({ filter, onChange }: PartProps) {
  const { data: users } = useUsers()
  const people = (users ?? []).map(({ id, name, active }) => ({
    value: String(id),
    label: active ? name : `${name} (off)`,
  }))
  return (
    <Select
      label="Assignee"
      placeholder="Everyone"
      data={[{ value: 'me', label: 'Me' }, { value: 'none', label: 'Nobody' }, ...people]}
      clearable
      searchable
      value={filter.assignee ?? null}
      onChange={(value) => onChange({ assignee: value ?? undefined })}
    />
  )
}

function CameFilter({ filter, onChange }: PartProps) {
  return (
    <SimpleGrid cols={2} spacing="sm">
      <TextInput
        label="Came from"
        type="date"
        max={filter.createdTo}
        value={filter.createdFrom ?? ''}
        onChange={(event) => onChange({ createdFrom: event.currentTarget.value || undefined })}
      />
      <TextInput
        label="To"
        type="date"
        min={filter.createdFrom}
        value={filter.createdTo ?? ''}
        onChange={(event) => onChange({ createdTo: event.currentTarget.value || undefined })}
      />
    </SimpleGrid>
  )
}
