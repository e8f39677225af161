import { Button, Group, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { useCurrency } from '../../ui/money-text.tsx'
import { TimeAgo } from '../../ui/time-text.tsx'
import { type Draft, type FieldSpec, labelOf } from './fields.ts'
import classes from './lead.module.css'
import { valueWords } from './timeline-words.ts'
import type { Conflict } from './use-lead-edit.ts'
import type { Author } from './who-changed.ts'

export interface ConflictDialogProps {
  readonly conflict: Conflict | null
  readonly onResolve: (choices: Draft) => void
  readonly onClose: () => void
}

/** Somebody else changed the same fields meanwhile: the user chooses, field by field, before anything is saved. */
export function ConflictDialog({ conflict, onResolve, onClose }: ConflictDialogProps) {
  return (
    <Dialog opened={conflict !== null} onClose={onClose} title={titleOf(conflict)} size="lg">
      {conflict !== null && (
        <Choices key={conflict.current.revision} conflict={conflict} onResolve={onResolve} onClose={onClose} />
      )}
    </Dialog>
  )
}

/** Names whoever it was, where it was one. */
function titleOf(conflict: Conflict | null): string {
  const names = new Set(conflict?.clashes.map(({ spec }) => conflict.authors[spec.name]?.who))
  const [name] = names
  return `${names.size === 1 && name !== undefined ? name : 'Somebody else'} changed this too`
}

function Choices({
  conflict: { clashes, authors },
  onResolve,
  onClose,
}: { conflict: Conflict } & Omit<ConflictDialogProps, 'conflict'>) {
  const shown = shownIn(useCurrency())
  const [chosen, setChosen] = useState<Record<string, 'yours' | 'theirs'>>({})
  const isComplete = clashes.every(({ spec }) => chosen[spec.name] !== undefined)
  const resolve = () =>
    onResolve(Object.fromEntries(clashes.map((clash) => [clash.spec.name, clash[chosen[clash.spec.name] ?? 'theirs']])))
  return (
    <Stack gap="lg">
      <Text size="sm">
        While you were typing, {clashes.length === 1 ? 'this field' : 'these fields'} got another value. Nothing of
        yours is saved yet. Choose what is to stand; you can still change it before you save.
      </Text>
      {clashes.map((clash) => (
        <Radio.Group
          key={clash.spec.name}
          label={labelOf(clash.spec)}
          description={`Before: ${shown(clash.spec, clash.before)}`}
          value={chosen[clash.spec.name] ?? ''}
          onChange={(value) => setChosen({ ...chosen, [clash.spec.name]: value === 'yours' ? 'yours' : 'theirs' })}
        >
          <Group gap="sm" mt="xs" grow align="stretch" preventGrowOverflow={false} className={classes.choices ?? ''}>
            <Choice value="yours" title="Yours" text={shown(clash.spec, clash.yours)} />
            <Choice
              value="theirs"
              title="Theirs"
              text={shown(clash.spec, clash.theirs)}
              author={authors[clash.spec.name]}
            />
          </Group>
        </Radio.Group>
      ))}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          Back to the form
        </Button>
        <Button onClick={resolve} disabled={!isComplete}>
          Take these
        </Button>
      </Group>
    </Stack>
  )
}

interface ChoiceProps {
  readonly value: 'yours' | 'theirs'
  readonly title: string
  readonly text: string
  readonly author?: Author | undefined
}

function Choice({ value, title, text, author }: ChoiceProps) {
  return (
    <Radio.Card value={value} p="sm" radius="md" className={classes.choice ?? ''}>
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <Radio.Indicator />
        <div>
          <Text size="xs" c="dimmed" fw={600}>
            {author === undefined ? (
              title
            ) : (
              <>
                {author.who}, <TimeAgo at={author.at} />
              </>
            )}
          </Text>
          <Text size="sm" className={classes.typed ?? ''}>
            {text}
          </Text>
        </div>
      </Group>
    </Radio.Card>
  )
}

/** As the card shows it; what no card could show stays as it was typed. */
function shownIn(currency: string) {
  return ({ name, kind }: FieldSpec, text: string): string => {
    if (text === '') return '(empty)'
    return kind === 'money' || kind === 'date' ? (valueWords(name, text, currency) ?? text) : text
  }
}
