import { Kbd, Stack, Switch, Table, Text } from '@mantine/core'
import { Dialog } from '../ui/dialog.tsx'
import type { PageEntry } from './pages.ts'
import { useShortcutsEnabled } from './shortcuts.ts'

export interface ShortcutsDialogProps {
  readonly opened: boolean
  readonly pages: readonly PageEntry[]
  readonly onClose: () => void
}

/** Lists the keys that do things. */
export function ShortcutsDialog({ opened, pages, onClose }: ShortcutsDialogProps) {
  const [enabled, setEnabled] = useShortcutsEnabled()
  const rows: [keys: string[], meaning: string][] = [
    [['Ctrl or ⌘', 'K'], 'Search leads, go anywhere, do anything'],
    [['/'], 'The same'],
    ...pages.map(({ letter, label }): [string[], string] => [['g', letter], `Go to ${label}`]),
    ...(pages.some(({ to }) => to === '/leads') ? ([[['n'], 'New lead']] as [string[], string][]) : []),
    [['?'], 'This help'],
    [['Esc'], 'Close what is open'],
  ]
  return (
    <Dialog opened={opened} onClose={onClose} title="Keyboard shortcuts">
      <Stack gap="md">
        <Table withRowBorders={false} verticalSpacing={6}>
          <Table.Tbody>
            {rows.map(([keys, meaning]) => (
              <Table.Tr key={keys.join(' ')}>
                <Table.Td w={150}>
                  {keys.map((key) => (
                    <Kbd key={key} mr={4}>
                      {key}
                    </Kbd>
                  ))}
                </Table.Td>
                <Table.Td>{meaning}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Switch
          checked={enabled}
          onChange={(event) => setEnabled(event.currentTarget.checked)}
          label="Single-key shortcuts"
          description="Switch them off if dictation or another tool types keys for you; Ctrl or ⌘ K stays."
        />
        <Text size="xs" c="dimmed">
          Single keys are pressed one after the other, not together, and do nothing while you type in a field.
        </Text>
      </Stack>
    </Dialog>
  )
}
