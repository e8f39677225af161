import { Button, Group, Text } from '@mantine/core'
import classes from './save-bar.module.css'

interface Props {
  readonly dirty: boolean
  readonly saving: boolean
  readonly onDiscard: () => void
}

/** At the end of a form, and in sight while something in it is not saved. */
export function SaveBar({ dirty, saving, onDiscard }: Props) {
  return (
    <Group justify="flex-end" gap="xs" className={classes.bar ?? ''} data-dirty={dirty || undefined}>
      <Text size="sm" c="dimmed" role="status" flex={1}>
        {dirty ? 'Not saved yet' : ''}
      </Text>
      {dirty && (
        <Button variant="default" onClick={onDiscard} disabled={saving}>
          Discard
        </Button>
      )}
      <Button type="submit" loading={saving} disabled={!dirty}>
        Save
      </Button>
    </Group>
  )
}
