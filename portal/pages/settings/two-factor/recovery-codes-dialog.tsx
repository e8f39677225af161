import { Button, Group, SimpleGrid, Text } from '@mantine/core'
import { IconDownload, IconPrinter } from '@tabler/icons-react'
import { useSession } from '../../../api/queries/session.ts'
import { saveFile } from '../../../save-file.ts'
import { CopyButton } from '../kit/copy-button.tsx'
import { OnceDialog } from '../kit/once-dialog.tsx'
import classes from './recovery-codes.module.css'

interface Props {
  readonly codes: readonly string[]
  readonly onDone: () => void
}

/** The codes for the day on which the phone is lost. */
export function RecoveryCodesDialog({ codes, onDone }: Props) {
  const { user } = useSession()
  const file = [`Leadwright recovery codes of ${user.email}`, 'Each works once.', '', ...codes, ''].join('\n')
  return (
    <OnceDialog
      opened
      title="Keep your recovery codes"
      warning="These are shown this once. Without your phone, one of them lets you in; each works once."
      done="I have kept them"
      onDone={onDone}
    >
      <div data-print-only className={classes.sheet}>
        <Text className={classes.owner ?? ''}>Leadwright recovery codes of {user.email}</Text>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" component="ol" className={classes.codes ?? ''}>
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </SimpleGrid>
      </div>
      <Group gap="xs">
        <CopyButton text={codes.join('\n')} what="the recovery codes" size="sm" variant="default" />
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => saveFile('leadwright-recovery-codes.txt', 'text/plain;charset=utf-8', file)}
        >
          Download
        </Button>
        <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
          Print
        </Button>
      </Group>
    </OnceDialog>
  )
}
