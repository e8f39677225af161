import { Radio, Select, Stack, Text } from '@mantine/core'
import { STATUS_WORDS } from '../../words.ts'
import { type Rules, reportableStatuses, type StageName } from './rules.ts'

export interface StatusChoiceProps {
  readonly id: string
  readonly rules: Rules
  /** Only the statuses of this stage; without it all of them, under their stages. */
  readonly stage: StageName | undefined
  readonly value: string | null
  readonly fault: string | undefined
  readonly onChange: (status: string | null) => void
}

/** Which status to report: a few side by side, or a list to search in. */
export function StatusChoice({ id, rules, stage, value, fault, onChange }: StatusChoiceProps) {
  if (stage === undefined) {
    return (
      <Select
        id={id}
        label="What happened?"
        placeholder="Choose a status"
        data={groupsOf(rules)}
        searchable
        nothingFoundMessage="No status has such a name"
        maxDropdownHeight={340}
        withAsterisk
        error={fault}
        value={value}
        onChange={onChange}
      />
    )
  }
  const choices = reportableStatuses(rules, stage)
  if (choices.length === 1) return null
  return (
    <Radio.Group label="What happened?" withAsterisk error={fault} value={value} onChange={onChange}>
      <Stack gap={6} mt={6}>
        {choices.map(({ status, final }, place) => (
          <Radio
            key={status}
            {...(place === 0 ? { id } : {})}
            value={status}
            label={
              <>
                {STATUS_WORDS[status]}
                {final && (
                  <Text span c="dimmed" size="xs">
                    {' '}
                    · final
                  </Text>
                )}
              </>
            }
          />
        ))}
      </Stack>
    </Radio.Group>
  )
}

function groupsOf(rules: Rules) {
  return rules.stages
    .map((group) => ({
      group,
      items: reportableStatuses(rules, group).map(({ status }) => ({ value: status, label: STATUS_WORDS[status] })),
    }))
    .filter(({ items }) => items.length > 0)
}
