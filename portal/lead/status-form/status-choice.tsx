import { Radio, Select, Stack, Text } from '@mantine/core'
import { STATUS_WORDS } from '../../words.ts'
import { type Rules, reportableStatuses, type StageName, type StatusRule } from './rules.ts'
import { fieldWords } from './words.ts'

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
        {choices.map((rule, place) => (
          <Radio
            key={rule.status}
            {...(place === 0 ? { id } : {})}
            value={rule.status}
            description={asksFor(rule)}
            label={
              <>
                {STATUS_WORDS[rule.status]}
                {rule.final && (
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

/** What a status requires, so that two that sound alike can be told apart. */
function asksFor({ status, required, eitherOr }: StatusRule): string | null {
  const names = [...required, ...eitherOr.map(({ date }) => date)]
  if (names.length === 0) return null
  return `Asks for ${names.map((name) => fieldWords(name, status).label.toLowerCase()).join(', ')}`
}

function groupsOf(rules: Rules) {
  return rules.stages
    .map((group) => ({
      group,
      items: reportableStatuses(rules, group).map(({ status }) => ({ value: status, label: STATUS_WORDS[status] })),
    }))
    .filter(({ items }) => items.length > 0)
}
