import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconDownload, IconListCheck, IconTrash } from '@tabler/icons-react'
import { apiUrl } from '../../api/client.ts'
import type { LeadFilter } from '../../api/keys.ts'
import { queryOf } from './use-lead-list.ts'

export interface ListMenuProps {
  readonly filter: LeadFilter
  /** null in the trash itself. */
  readonly onTrash: (() => void) | null
  /** Begins to select; null where boxes are there already. */
  readonly onSelect: (() => void) | null
}

/** What is done with the list as a whole. */
export function ListMenu({ filter, onTrash, onSelect }: ListMenuProps) {
  const isTrash = onTrash === null
  if (isTrash && onSelect === null) return null
  return (
    <Menu withInitialFocusPlaceholder={false} position="bottom-end" shadow="md" width={250}>
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label="More">
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {onSelect !== null && (
          <Menu.Item leftSection={<IconListCheck size={16} aria-hidden />} onClick={onSelect}>
            Select leads
          </Menu.Item>
        )}
        {!isTrash && (
          <>
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
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
