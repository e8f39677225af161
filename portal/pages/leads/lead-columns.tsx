import { Checkbox, Group, Text } from '@mantine/core'
import { IconAlertCircle, IconPaperclip } from '@tabler/icons-react'
import { columnVisibilityFeature, createColumnHelper, rowSelectionFeature, tableFeatures } from '@tanstack/react-table'
import type { LeadCard } from '../../api/types.ts'
import { formatPhone } from '../../format.ts'
import { placeOf } from '../../ui/lead-name.tsx'
import { AnchorLink } from '../../ui/links.tsx'
import { MoneyText } from '../../ui/money-text.tsx'
import { StageBadge } from '../../ui/stage-badge.tsx'
import { DayText, TimeAgo } from '../../ui/time-text.tsx'
import { UserAvatar } from '../../ui/user-avatar.tsx'
import { SOURCE_WORDS, STATUS_WORDS } from '../../words.ts'
import type { LeadSort } from './lead-filter.ts'
import classes from './leads.module.css'

/** How a column stands in the table: its width, its side, and the orders that its head switches between. */
export interface ColumnLook {
  readonly label: string
  readonly width: number
  readonly end?: boolean
  readonly sorts?: readonly LeadSort[]
}

export const features = tableFeatures({
  columnVisibilityFeature,
  rowSelectionFeature,
  columnMeta: {} as ColumnLook,
})
const helper = createColumnHelper<typeof features, LeadCard>()

export const leadColumns = helper.columns([
  helper.display({
    id: 'select',
    enableHiding: false,
    meta: { label: 'Select', width: 40 },
    cell: ({ row }) => (
      <Checkbox
        size="xs"
        aria-label={`Select ${row.original.name}`}
        checked={row.getIsSelected()}
        onChange={row.getToggleSelectedHandler()}
      />
    ),
  }),
  helper.display({
    id: 'name',
    enableHiding: false,
    meta: { label: 'Lead', width: 198, sorts: ['name'] },
    cell: ({ row }) => <NameCell lead={row.original} />,
  }),
  helper.display({
    id: 'status',
    meta: { label: 'Status', width: 216 },
    cell: ({ row: { original: lead } }) => (
      <Group gap={6} wrap="nowrap">
        <span className={classes['badge'] ?? ''}>
          <StageBadge stage={lead.boardStage} size="sm" />
        </span>
        {lead.action === 'ACCEPTED' && (
          <Text size="xs" c="dimmed" truncate>
            {STATUS_WORDS[lead.status]}
          </Text>
        )}
      </Group>
    ),
  }),
  helper.display({
    id: 'category',
    meta: { label: 'Category', width: 170 },
    cell: ({ row }) => row.original.category,
  }),
  helper.display({ id: 'place', meta: { label: 'Place', width: 122 }, cell: ({ row }) => placeOf(row.original) }),
  helper.display({
    id: 'amount',
    meta: { label: 'Amount', width: 84, end: true, sorts: ['amount'] },
    cell: ({ row }) => row.original.amount !== null && <MoneyText amount={row.original.amount} />,
  }),
  helper.display({
    id: 'assignee',
    meta: { label: 'Assignee', width: 132 },
    cell: ({ row: { original: lead } }) =>
      lead.assignee !== null && (
        <Group gap={6} wrap="nowrap">
          <UserAvatar user={lead.assignee} size={22} />
          <Text size="sm" truncate>
            {lead.assignee.name}
          </Text>
        </Group>
      ),
  }),
  helper.display({
    id: 'nextAction',
    meta: { label: 'Next action', width: 88, sorts: ['next-action'] },
    cell: ({ row }) => row.original.nextActionDate !== null && <DayText date={row.original.nextActionDate} />,
  }),
  helper.display({
    id: 'created',
    meta: { label: 'Came', width: 100, sorts: ['newest', 'oldest'] },
    cell: ({ row }) => <TimeAgo at={row.original.createdAt} />,
  }),
  helper.display({
    id: 'changed',
    meta: { label: 'Changed', width: 116, sorts: ['changed'] },
    cell: ({ row }) => <TimeAgo at={row.original.modifiedAt} />,
  }),
  helper.display({
    id: 'source',
    meta: { label: 'Source', width: 150 },
    cell: ({ row: { original: lead } }) => lead.sourceLabel ?? SOURCE_WORDS[lead.source],
  }),
  helper.display({ id: 'email', meta: { label: 'E-mail', width: 210 }, cell: ({ row }) => row.original.email }),
  helper.display({
    id: 'address',
    meta: { label: 'Address', width: 190 },
    cell: ({ row }) => row.original.address,
  }),
  helper.display({
    id: 'quality',
    meta: { label: 'Quality', width: 80, end: true },
    cell: ({ row }) => row.original.quality,
  }),
  helper.display({
    id: 'files',
    meta: { label: 'Files', width: 70, end: true },
    cell: ({ row: { original: lead } }) =>
      lead.attachmentCount > 0 && (
        <Group gap={2} wrap="nowrap" justify="flex-end">
          <IconPaperclip size={14} aria-hidden />
          {lead.attachmentCount}
        </Group>
      ),
  }),
])

/** Shown until the user chooses otherwise. */
export const HIDDEN_AT_FIRST: Readonly<Record<string, boolean>> = {
  changed: false,
  source: false,
  email: false,
  address: false,
  quality: false,
  files: false,
}

function NameCell({ lead }: { lead: LeadCard }) {
  const company = lead.customerCompany === lead.name ? null : lead.customerCompany
  const phone = lead.phone === null ? null : formatPhone(lead.phone)
  const known = [company, phone].filter((part) => part !== null).join(' · ')
  const below = known === '' && lead.action === 'NONE' ? 'Offer without an answer' : known
  return (
    <div className={classes['nameCell'] ?? ''}>
      <Group gap={6} wrap="nowrap">
        <AnchorLink
          to="/leads/$leadId"
          params={{ leadId: String(lead.id) }}
          data-lead-link={lead.id}
          fw={600}
          c="var(--mantine-color-text)"
          truncate
        >
          {lead.name}
        </AnchorLink>
        {lead.requiresAction && (
          <span className={classes['due'] ?? ''} role="img" aria-label="Requires action" title="Requires action">
            <IconAlertCircle size={15} aria-hidden />
          </span>
        )}
      </Group>
      <Text size="xs" c="dimmed" truncate>
        {below === '' ? '–' : below}
      </Text>
    </div>
  )
}
