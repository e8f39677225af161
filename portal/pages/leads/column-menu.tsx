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

export function ColumnMenu({ visibility, onChange }: { visibility: Visibility; onChange: (next: Visibility) => void }) {
  const choices = leadColumns.filter(({ enableHiding }) => enableHiding !== false)
  return (
    <Popover position="bottom-end" shadow="md" trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={16} aria-hidden />}>
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Checkbox.Group label="Columns in the table">
          <Stack gap={8} mt={8}>
            {choices.map(({ id = '', meta }) => (
              <Checkbox
                key={id}
                label={meta?.label}
                checked={visibility[id] !== false}
                onChange={(event) => onChange({ ...visibility, [id]: event.currentTarget.checked })}
              />
            ))}
          </Stack>
        </Checkbox.Group>
      </Popover.Dropdown>
    </Popover>
  )
}
