import { Button, Stack } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import { IconDownload, IconTrash } from '@tabler/icons-react'
import type { RowSelectionState } from '@tanstack/react-table'
import { useState } from 'react'
import { apiUrl } from '../../api/client.ts'
import type { LeadFilter } from '../../api/keys.ts'
import { formatCount } from '../../format.ts'
import type { ListState } from '../../lead/paged-list/list-state.ts'
import { PageHeader } from '../../ui/page-header.tsx'
import { ColumnMenu, useColumnChoice } from './column-menu.tsx'
import { FilterBar } from './filter-bar.tsx'
import { FilterDrawer } from './filter-drawer.tsx'
import { FilterPills } from './filter-pills.tsx'
import { countFilters } from './lead-filter.ts'
import classes from './leads.module.css'
import { LeadsBody } from './leads-body.tsx'
import { SavedViewsMenu } from './saved-views.tsx'
import { useLeadFilter } from './use-lead-filter.ts'
import { queryOf, useLeadList } from './use-lead-list.ts'

/** Every lead, to be found, put in order and worked on in numbers. */
export function LeadsPage() {
  const { filter, set, change } = useLeadFilter()
  const { list, state } = useLeadList(filter)
  const { visibility, setVisibility } = useColumnChoice()
  const [selection, setSelection] = useState<RowSelectionState>({})
  const [isFiltering, filters] = useDisclosure(false)
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const { deleted: isTrash = false, sort } = filter
  const clear = () => set({ ...(isTrash ? { deleted: true } : {}), ...(sort === undefined ? {} : { sort }) })
  const swap = (next: LeadFilter) => {
    setSelection({})
    set(next)
  }
  return (
    <Stack gap={0} className={classes['page'] ?? ''}>
      <PageHeader
        title={isTrash ? 'Trash' : 'Leads'}
        subtitle={<span aria-live="polite">{totalWords(state, isTrash)}</span>}
        actions={
          <>
            <SavedViewsMenu filter={filter} onChoose={swap} />
            {!isPhone && <ColumnMenu visibility={visibility} onChange={setVisibility} />}
            {!isTrash && <ExportButton filter={filter} />}
            <Button
              variant={isTrash ? 'light' : 'default'}
              leftSection={<IconTrash size={16} aria-hidden />}
              onClick={() => swap(isTrash ? {} : { deleted: true })}
            >
              {isTrash ? 'Back to the leads' : 'Trash'}
            </Button>
          </>
        }
      />
      <FilterBar filter={filter} onChange={change} onOpenFilters={filters.open} />
      <FilterPills filter={filter} onChange={change} onClear={clear} />
      <LeadsBody
        list={list}
        state={state}
        filter={filter}
        isPhone={isPhone === true}
        isNarrowed={countFilters(filter) > 0}
        visibility={visibility}
        selection={selection}
        onSelect={setSelection}
        onSort={(next) => change({ sort: next === 'newest' ? undefined : next })}
        onClear={clear}
      />
      <FilterDrawer opened={isFiltering} filter={filter} onChange={change} onClear={clear} onClose={filters.close} />
    </Stack>
  )
}

function ExportButton({ filter }: { filter: LeadFilter }) {
  return (
    <Button
      component="a"
      href={apiUrl('/leads.csv', queryOf(filter))}
      download
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
    >
      Export
    </Button>
  )
}

/** How many leads there are; where the server stopped counting, how many at least. */
function totalWords({ phase, count, countIsExact }: ListState, isTrash: boolean): string {
  if (phase !== 'ready') return 'Counting…'
  const leads = count === 1 ? 'lead' : 'leads'
  const where = isTrash ? ' in the trash' : ''
  return countIsExact ? `${formatCount(count)} ${leads}${where}` : `More than ${formatCount(count)} ${leads}${where}`
}
