import { ActionIcon, Select, Stack, Text } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconX } from '@tabler/icons-react'
import { useConnections } from '../../../api/queries/connections.ts'
import { RULE_WORDS, type Rule, syncFieldWord } from '../../../sync/sync-words.ts'
import type { ConnectionValues } from './connection-values.ts'
import classes from './connections.module.css'
import { MERGED_FIELDS } from './merged-fields.ts'

const RULES: readonly Rule[] = ['ask', 'newest', 'ours', 'upstream']
const RULE_DATA = RULES.map((rule) => ({ value: rule, label: RULE_WORDS[rule] }))
const OTHERS = '*'

/** What happens to fields that both sides changed: one rule for all, and others for some. */
export function RuleFields({ form }: { form: UseFormReturnType<ConnectionValues> }) {
  const rules = form.getValues().fieldRules
  const own = Object.keys(rules).filter((field) => field !== OTHERS)
  const set = (next: Record<string, Rule>) => form.setFieldValue('fieldRules', next)
  const without = (field: string) => Object.fromEntries(Object.entries(rules).filter(([name]) => name !== field))
  const known = useConnections().data?.find(({ kind }) => kind === 'constructiononline')?.fields ?? MERGED_FIELDS
  const free = known.filter((field) => rules[field] === undefined)
  return (
    <Stack gap="sm">
      <Select
        label="Every field"
        description="“Ask us” shows both values on the lead, and waits for a click."
        data={RULE_DATA}
        value={rules[OTHERS] ?? 'ask'}
        allowDeselect={false}
        onChange={(rule) => set({ ...rules, [OTHERS]: ruleOf(rule) })}
      />
      {own.map((field) => (
        <div key={field} className={classes.rule}>
          <Text size="sm">{syncFieldWord(field)}</Text>
          <Select
            aria-label={`Rule for ${syncFieldWord(field)}`}
            data={RULE_DATA}
            value={rules[field] ?? 'ask'}
            allowDeselect={false}
            onChange={(rule) => set({ ...rules, [field]: ruleOf(rule) })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`No rule of its own for ${syncFieldWord(field)}`}
            onClick={() => set(without(field))}
          >
            <IconX size={16} />
          </ActionIcon>
        </div>
      ))}
      <Select
        key={own.join()}
        label="A field with a rule of its own"
        placeholder="Choose a field"
        data={free.map((field) => ({ value: field, label: syncFieldWord(field) }))}
        value={null}
        searchable
        nothingFoundMessage="No such field"
        onChange={(field) => field !== null && set({ ...rules, [field]: 'ours' })}
      />
    </Stack>
  )
}

function ruleOf(text: string | null): Rule {
  return RULES.find((rule) => rule === text) ?? 'ask'
}
