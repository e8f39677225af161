import { Box, Group, Text } from '@mantine/core'
import classes from './copy-block.module.css'
import { CopyButton } from './copy-button.tsx'

interface Props {
  readonly label: string
  readonly text: string
  /** What the button copies: "token". */
  readonly what: string
}

/** A text to be passed on as it is: a secret, a link, a command. A click on it selects it whole. */
export function CopyBlock({ label, text, what }: Props) {
  return (
    <Box>
      <Group justify="space-between" mb={4} wrap="nowrap">
        <Text size="sm" fw={600}>
          {label}
        </Text>
        <CopyButton text={text} what={what} />
      </Group>
      <div className={classes.block}>
        <code>{text}</code>
      </div>
    </Box>
  )
}
