import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import type { Draft } from './fields.ts'
import { labelOf } from './fields.ts'
import classes from './lead.module.css'
import type { Clash } from './merge.ts'
import type { Conflict } from './use-lead-edit.ts'

export interface ConflictDialogProps {
  readonly conflict: Conflict | null
  readonly onResolve: (choices: Draft) => void
  readonly onClose: () => void
}

/** Somebody else changed the same fields meanwhile: the user chooses, field by field, before anything is saved. */
export function ConflictDialog({ conflict, onResolve, onClose }: ConflictDialogProps) {
  return (
    <Modal opened={conflict !== null} onClose={onClose} title="Somebody else changed this too" size="lg">
      {conflict !== null && (
        <Choices key={conflict.current.revision} clashes={conflict.clashes} onResolve={onResolve} onClose={onClose} />
      )}
    </Modal>
  )
}

function Choices({
  clashes,
  onResolve,
  onClose,
}: { clashes: readonly Clash[] } & Omit<ConflictDialogProps, 'conflict'>) {
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
          description={`Before: ${shown(clash.before)}`}
          value={chosen[clash.spec.name] ?? ''}
          onChange={(value) => setChosen({ ...chosen, [clash.spec.name]: value === 'yours' ? 'yours' : 'theirs' })}
        >
          <Group gap="sm" mt="xs" grow align="stretch" preventGrowOverflow={false} className={classes.choices ?? ''}>
            <Choice value="yours" title="Yours" text={clash.yours} />
            <Choice value="theirs" title="Theirs" text={clash.theirs} />
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

function Choice({ value, title, text }: { value: 'yours' | 'theirs'; title: string; text: string }) {
  return (
    <Radio.Card value={value} p="sm" radius="md" className={classes.choice ?? ''}>
      <Group wrap="nowrap" align="flex-start" gap="sm">
        <Radio.Indicator />
        <div>
          <Text size="xs" c="dimmed" fw={600}>
            {title}
          </Text>
          <Text size="sm" className={classes.typed ?? ''}>
            {shown(text)}
          </Text>
        </div>
      </Group>
    </Radio.Card>
  )
}

function shown(text: string): string {
  return text === '' ? '(empty)' : text
}
