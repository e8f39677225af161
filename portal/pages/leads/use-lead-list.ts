import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import { call } from '../../api/client.ts'
import type { LeadFilter } from '../../api/keys.ts'
import type { LeadPage, LiveEvent } from '../../api/types.ts'
import { LeadList, type PageWish } from '../../lead/paged-list/lead-list.ts'
import type { ListAnswer } from '../../lead/paged-list/list-state.ts'
import { subscribeToLive, useLiveState } from '../../live.ts'

/** The leads of a filter for as long as they are shown; they follow what others do. */
export function useLeadList(filter: LeadFilter) {
  const list = useMemo(() => new LeadList((wish) => fetchLeads(filter, wish)), [filter])
  const isLive = useLiveState() === 'live'
  const isBehind = useRef(false)
  useEffect(() => {
    list.start()
    void list.loadHead()
    return () => list.stop()
  }, [list])
  useEffect(() => subscribeToLive((events) => follow(list, events)), [list])
  useEffect(() => {
    if (!isLive) isBehind.current = true
    if (!isLive || !isBehind.current) return
    // There is a line again: what happened meanwhile is unknown.
    isBehind.current = false
    list.refresh()
    list.reloadDeepPages()
  }, [list, isLive])
  return { list, state: useSyncExternalStore(list.subscribe, list.state) }
}

async function fetchLeads(filter: LeadFilter, { cursor, limit, signal }: PageWish): Promise<ListAnswer> {
  const page = await call<LeadPage>('/leads', { query: { ...queryOf(filter), cursor, limit }, signal })
  return { ...page, count: page.total, countIsExact: page.totalIsExact, amount: null }
}

/** The filter as the API takes it: flags as words. */
export function queryOf({ requiresAction, deleted, ...filter }: LeadFilter) {
  return {
    ...filter,
    ...(requiresAction === undefined ? {} : { requiresAction: String(requiresAction) }),
    ...(deleted === undefined ? {} : { deleted: String(deleted) }),
  }
}

function follow(list: LeadList, events: readonly LiveEvent[]): void {
  for (const { leadId } of events) list.reloadPagesOf(leadId)
  list.refresh()
}
