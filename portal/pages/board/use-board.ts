import { useEffect, useMemo, useSyncExternalStore } from 'react'
import type { BoardStage } from '../../api/keys.ts'
import type { ListState } from '../../lead/paged-list/list-state.ts'
import { subscribeToLive, useLiveState } from '../../live.ts'
import type { BoardScope } from './board-api.ts'
import { BoardStore } from './board-store.ts'

/** The board's columns for as long as the page is shown with this scope. */
export function useBoard(stages: readonly BoardStage[], { assignee, q }: BoardScope): BoardStore {
  const store = useMemo(() => new BoardStore(stages, { assignee, q }), [stages, assignee, q])
  const isLive = useLiveState() === 'live'
  useEffect(() => store.start(), [store])
  useEffect(() => subscribeToLive((events) => store.live(events)), [store])
  useEffect(() => {
    // While there is no line, anything may happen unseen.
    if (isLive) store.catchUp()
    else store.fallBehind()
  }, [store, isLive])
  return store
}

export function useColumn(store: BoardStore, stage: BoardStage): ListState {
  const list = store.list(stage)
  return useSyncExternalStore(list.subscribe, list.state)
}
