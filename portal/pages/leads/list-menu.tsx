import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconDownload, IconTrash } from '@tabler/icons-react'
import { apiUrl } from '../../api/client.ts'
import type { LeadFilter } from '../../api/keys.ts'
import { queryOf } from './use-lead-list.ts'

/** What is done with the list as a whole. */
export function ListMenu({ filter, onTrash }: { filter: LeadFilter; onTrash: () => void }) {
  return (
    <Menu withInitialFocusPlaceholder={false} position="bottom-end" shadow="md" width={250}>
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label="More">
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          component="a"
          href={apiUrl('/leads.csv', queryOf(filter))}
          download
          leftSection={<IconDownload size={16} aria-hidden />}
        >
          Export these leads as CSV
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={onTrash}>
          Show the trash
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
