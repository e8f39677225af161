import { Button, Checkbox, Popover, Stack } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconColumns3 } from '@tabler/icons-react'
import { HIDDEN_AT_FIRST, leadColumns } from './lead-columns.tsx'

type Visibility = Readonly<Record<string, boolean>>

/** Which columns the table has, remembered in this browser. */
export function useColumnChoice() {
  const [visibility, setVisibility] = useLocalStorage<Visibility>({
    key: 'leadwright.leads.columns',
    defaultValue: HIDDEN_AT_FIRST,
    getInitialValueInEffect: false,
  })
  return { visibility, setVisibility }
}

const choices = leadColumns
  .filter(({ enableHiding }) => enableHiding !== false)
  .map(({ id = '', meta }) => ({ id, label: meta?.label }))

export function ColumnMenu({ visibility, onChange }: { visibility: Visibility; onChange: (next: Visibility) => void }) {
  const shown = choices.map(({ id }) => id).filter((id) => visibility[id] !== false)
  const choose = (ids: readonly string[]) =>
    onChange(Object.fromEntries(choices.map(({ id }) => [id, ids.includes(id)])))
  return (
    <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={16} aria-hidden />}>
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Checkbox.Group label="Columns in the table" value={shown} onChange={choose}>
          <Stack gap={8} mt={8}>
            {choices.map(({ id, label }) => (
              <Checkbox key={id} value={id} label={label} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Popover.Dropdown>
    </Popover>
  )
}
