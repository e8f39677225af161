import { Button, Stack } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import type { RowSelectionState } from '@tanstack/react-table'
import { useState } from 'react'
import type { LeadFilter } from '../../api/keys.ts'
import { formatCount } from '../../format.ts'
import type { ListState } from '../../lead/paged-list/list-state.ts'
import { NewLeadButton } from '../../shell/new-lead-button.tsx'
import { LaterDialog, lazyPart } from '../../ui/later.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { ColumnMenu, useColumnChoice } from './column-menu.tsx'
import { FilterBar } from './filter-bar.tsx'
import { FilterPills } from './filter-pills.tsx'
import { countFilters } from './lead-filter.ts'
import classes from './leads.module.css'
import { LeadsBody } from './leads-body.tsx'
import { ListMenu } from './list-menu.tsx'
import { SavedViewsMenu } from './saved-views.tsx'
import { type ChangeFilter, useLeadFilter } from './use-lead-filter.ts'
import { useLeadList } from './use-lead-list.ts'

const FilterDrawer = lazyPart(() => import('./filter-drawer.tsx'), 'FilterDrawer')

/** Every lead, to be found, put in order and worked on in numbers. */
export function LeadsPage() {
  const { filter, set, change } = useLeadFilter()
  const { list, state } = useLeadList(filter)
  const { visibility, setVisibility } = useColumnChoice()
  const [selection, setSelection] = useState<RowSelectionState>({})
  const [isFiltering, filters] = useDisclosure(false)
  const [isSelecting, selecting] = useDisclosure(false)
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const { deleted: isTrash = false, sort } = filter
  // What is selected must be in sight: another filter begins with nothing selected.
  const narrow: ChangeFilter = (part) => {
    setSelection({})
    change(part)
  }
  const swap = (next: LeadFilter) => {
    setSelection({})
    set(next)
  }
  const clear = () => swap({ ...(isTrash ? { deleted: true } : {}), ...(sort === undefined ? {} : { sort }) })
  return (
    <Stack gap={0} className={classes['page'] ?? ''} data-wide>
      <PageHeader
        title={isTrash ? 'Trash' : 'Leads'}
        subtitle={<span aria-live="polite">{totalWords(state, isTrash)}</span>}
        actions={
          <>
            {isTrash && <Button onClick={() => swap({})}>Back to the leads</Button>}
            {!(isPhone && isSelecting) && <SavedViewsMenu filter={filter} onChoose={swap} />}
            {!isPhone && <ColumnMenu visibility={visibility} onChange={setVisibility} />}
            {isPhone && isSelecting && (
              <Button
                variant="default"
                onClick={() => {
                  setSelection({})
                  selecting.close()
                }}
              >
                Done
              </Button>
            )}
            <ListMenu
              filter={filter}
              onTrash={isTrash ? null : () => swap({ deleted: true })}
              onSelect={isPhone && !isSelecting ? selecting.open : null}
            />
            {!isTrash && <NewLeadButton />}
          </>
        }
      />
      <FilterBar filter={filter} onChange={narrow} onOpenFilters={filters.open} />
      <FilterPills filter={filter} onChange={narrow} onClear={clear} />
      <LeadsBody
        list={list}
        state={state}
        filter={filter}
        isPhone={isPhone === true}
        isSelecting={isSelecting}
        isNarrowed={countFilters(filter) > 0}
        visibility={visibility}
        selection={selection}
        onSelect={setSelection}
        onSort={(next) => change({ sort: next === 'newest' ? undefined : next })}
        onClear={clear}
      />
      <LaterDialog opened={isFiltering}>
        {(opened) => (
          <FilterDrawer opened={opened} filter={filter} onChange={narrow} onClear={clear} onClose={filters.close} />
        )}
      </LaterDialog>
    </Stack>
  )
}

/** How many leads there are; where the server stopped counting, how many at least. */
function totalWords({ phase, count, countIsExact }: ListState, isTrash: boolean): string {
  if (phase !== 'ready') return 'Counting…'
  const leads = count === 1 ? 'lead' : 'leads'
  const where = isTrash ? ' in the trash' : ''
  return countIsExact ? `${formatCount(count)} ${leads}${where}` : `More than ${formatCount(count)} ${leads}${where}`
}
