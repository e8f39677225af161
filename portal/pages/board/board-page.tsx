import { Stack } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { Suspense } from 'react'
import { useLeadStatuses } from '../../api/queries/lead-statuses.ts'
import type { Rules } from '../../lead/status-form/rules.ts'
import { NewLeadButton } from '../../shell/new-lead-button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { LaterDialog, lazyPart } from '../../ui/later.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import classes from './board.module.css'
import { BoardSkeleton } from './board-skeleton.tsx'
import { BoardToolbar } from './board-toolbar.tsx'
import { useBoard } from './use-board.ts'
import { useBoardSearch } from './use-board-search.ts'
import { useMoves } from './use-moves.ts'

// A phone has no use for dragging, nor a desk for the phone's board.
const DesktopBoard = lazyPart(() => import('./desktop-board.tsx'), 'DesktopBoard')
const PhoneBoard = lazyPart(() => import('./phone-board.tsx'), 'PhoneBoard')
const MoveDialog = lazyPart(() => import('./move-dialog.tsx'), 'MoveDialog')

/** The leads by stage: to see where everything stands, and to move it on. */
export function BoardPage() {
  const { data: rules, error, refetch } = useLeadStatuses()
  const { scope, change } = useBoardSearch()
  return (
    <Stack gap={0} className={classes['page'] ?? ''} data-wide>
      <PageHeader
        title="Board"
        actions={
          <>
            <BoardToolbar scope={scope} onChange={change} />
            <NewLeadButton />
          </>
        }
      />
      {error !== null && rules === undefined && <ErrorState error={error} onRetry={() => void refetch()} />}
      {rules === undefined && error === null && <BoardSkeleton />}
      {rules !== undefined && <Board rules={rules} />}
    </Stack>
  )
}

function Board({ rules }: { rules: Rules }) {
  const { scope } = useBoardSearch()
  const store = useBoard(rules.stages, scope)
  const { pending, actions, close } = useMoves(rules)
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const View = isPhone ? PhoneBoard : DesktopBoard
  return (
    <>
      <Suspense fallback={<BoardSkeleton />}>
        <View store={store} actions={actions} isSearch={scope.q !== ''} />
      </Suspense>
      <LaterDialog opened={pending !== null}>
        {(opened) => <MoveDialog store={store} move={opened ? pending : null} onClose={close} />}
      </LaterDialog>
    </>
  )
}
