import { queryOptions, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { call } from '../client.ts'
import { keys } from '../keys.ts'
import { queryClient } from '../query-client.ts'
import type { LeadLinks, SyncConflict, SyncConflicts } from '../types.ts'

/** A look at an upstream changes no lead when it finds a conflict: nothing tells of it but asking. */
const LOOK_MS = 20_000
const PAGE = 30

/** How many conflicts wait, of all leads; 1,000 at most. */
export const conflictCountQuery = queryOptions({
  queryKey: keys.conflictCount,
  queryFn: async ({ signal }) => (await call<SyncConflicts>('/conflicts', { signal, query: { limit: 1 } })).openCount,
  refetchInterval: LOOK_MS,
})

export function useConflictCount(hasLeads: boolean): number {
  return useQuery({ ...conflictCountQuery, enabled: hasLeads }).data ?? 0
}

/** The conflicts that wait, newest first; of one lead, or of all. */
export function useConflicts(leadId: number | null) {
  return useInfiniteQuery({
    queryKey: keys.conflicts(leadId),
    queryFn: ({ signal, pageParam }) =>
      call<SyncConflicts>('/conflicts', { signal, query: { leadId, cursor: pageParam, limit: PAGE } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: LOOK_MS,
  })
}

export interface Settlement {
  readonly conflict: SyncConflict
  readonly choice: 'ours' | 'theirs'
}

/** Settles a conflict by a click; the lead, its timeline and every list of conflicts follow. */
export function useSettle() {
  return useMutation({
    mutationFn: ({ conflict, choice }: Settlement) =>
      call<SyncConflict>(`/conflicts/${conflict.id}/settle`, { body: { choice } }),
    onSettled: async (_, __, { conflict }) => {
      const stale = [['conflicts'], keys.connections, keys.lead(conflict.leadId)]
      await Promise.all(stale.map((queryKey) => queryClient.invalidateQueries({ queryKey })))
    },
  })
}

/** Where a lead is linked to. */
export function useLinks(leadId: number) {
  return useQuery({
    queryKey: keys.links(leadId),
    queryFn: async ({ signal }) => (await call<LeadLinks>(`/leads/${leadId}/links`, { signal })).links,
    refetchInterval: LOOK_MS,
  })
}
