import { Button, Group, Text } from '@mantine/core'
import classes from './save-bar.module.css'

interface Props {
  readonly dirty: boolean
  readonly saving: boolean
  readonly save?: string
  readonly onDiscard: () => void
}

/** At the end of a form, and in sight while something in it is not saved. */
export function SaveBar({ dirty, saving, save = 'Save', onDiscard }: Props) {
  return (
    <Group gap="xs" className={classes.bar ?? ''} data-dirty={dirty || undefined}>
      <Button type="submit" loading={saving} disabled={!dirty}>
        {save}
      </Button>
      {dirty && (
        <Button variant="default" onClick={onDiscard} disabled={saving}>
          Discard
        </Button>
      )}
      <Text size="sm" c="dimmed" role="status">
        {dirty ? 'Not saved yet' : ''}
      </Text>
    </Group>
  )
}
