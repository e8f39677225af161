import { Button } from '@mantine/core'
import { IconSearchOff, IconTrash, IconUsersPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import type { RowSelectionState } from '@tanstack/react-table'
import type { LeadFilter } from '../../api/keys.ts'
import type { LeadList } from '../../lead/paged-list/lead-list.ts'
import { type ListState, rowsOf } from '../../lead/paged-list/list-state.ts'
import { openCreateLead } from '../../shell/create-lead-store.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { ListSkeleton } from '../../ui/skeletons.tsx'
import { LeadCards } from './lead-cards.tsx'
import { FIRST_SORT, type LeadSort } from './lead-filter.ts'
import { LeadTable } from './lead-table.tsx'
import { SelectionBar } from './selection-bar.tsx'

export interface LeadsBodyProps {
  readonly list: LeadList
  readonly state: ListState
  readonly filter: LeadFilter
  readonly isPhone: boolean
  /** On a phone boxes are shown only while somebody selects. */
  readonly isSelecting: boolean
  readonly isNarrowed: boolean
  readonly visibility: Readonly<Record<string, boolean>>
  readonly selection: RowSelectionState
  readonly onSelect: (selection: RowSelectionState) => void
  readonly onSort: (sort: LeadSort) => void
  readonly onClear: () => void
}

/** The list itself, or what stands in for it. */
export function LeadsBody(props: LeadsBodyProps) {
  const { list, state, filter, isPhone, isSelecting, selection, onSelect } = props
  const navigate = useNavigate()
  const rows = rowsOf(state)
  if (state.phase === 'failed') return <ErrorState error={state.error} onRetry={() => list.retry()} />
  if (state.phase === 'loading' || (rows.length === 0 && state.nextCursor !== null)) return <ListSkeleton rows={8} />
  if (rows.length === 0) return <Nothing {...props} />
  const ids = Object.keys(selection).map(Number)
  const cards = rows.flatMap(({ id, card }) => (selection[String(id)] && card !== null ? [card] : []))
  const done = (changed: readonly number[]) => {
    onSelect({})
    for (const id of changed) list.reloadPagesOf(id)
    list.refresh()
  }
  return (
    <>
      {isPhone ? (
        <LeadCards list={list} state={state} selection={isSelecting ? { selected: selection, onSelect } : null} />
      ) : (
        <LeadTable
          {...props}
          sort={filter.sort ?? FIRST_SORT}
          onOpen={(id) => void navigate({ to: '/leads/$leadId', params: { leadId: String(id) } })}
        />
      )}
      {ids.length > 0 && (
        <SelectionBar
          ids={ids}
          cards={cards}
          isTrash={filter.deleted === true}
          onDone={done}
          onClear={() => onSelect({})}
        />
      )}
    </>
  )
}

function Nothing({ filter, isNarrowed, onClear }: LeadsBodyProps) {
  if (isNarrowed) {
    return (
      <EmptyState
        icon={IconSearchOff}
        title="No lead fits"
        action={
          <Button variant="light" mt="sm" onClick={onClear}>
            Clear search and filters
          </Button>
        }
      >
        Take a filter away, or search for less: part of a name, the last digits of a phone, a street. An offer’s
        customer can be found once it is accepted.
      </EmptyState>
    )
  }
  if (filter.deleted) {
    return (
      <EmptyState icon={IconTrash} title="The trash is empty">
        Leads that you delete are kept here. Each can be brought back.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={IconUsersPlus}
      title="No leads yet"
      action={
        <Button onClick={openCreateLead} mt="sm">
          Add a lead
        </Button>
      }
    >
      They arrive from RenovationFind, ConstructionOnline or your web form by themselves, or you write one down.
    </EmptyState>
  )
}
