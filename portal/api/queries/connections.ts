import { queryOptions, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { call } from '../client.ts'
import { keys } from '../keys.ts'
import { queryClient } from '../query-client.ts'
import type { AddedLink, Connection, ConnectionEdit, Connections, NewConnection, NewLink, SyncRuns } from '../types.ts'

const LOOK_MS = 10_000
/** While one of them is at work, or was just told to be. */
const BUSY_LOOK_MS = 1500
const SOON_MS = 5000
const RUNS_PAGE = 25

/** The upstream accounts with how they are doing, which changes by itself. */
export const connectionsQuery = queryOptions({
  queryKey: keys.connections,
  queryFn: async ({ signal }) => (await call<Connections>('/connections', { signal })).connections,
  refetchInterval: ({ state }) => (state.data?.some(isBusy) === true ? BUSY_LOOK_MS : LOOK_MS),
})

function isBusy({ running, nextRunAt }: Connection): boolean {
  return running || (nextRunAt !== null && Date.parse(nextRunAt) < Date.now() + SOON_MS)
}

export function useConnections() {
  return useQuery(connectionsQuery)
}

/** What a connection did, newest first, page by page. */
export function useRuns(id: number) {
  return useInfiniteQuery({
    queryKey: keys.runs(id),
    queryFn: ({ signal, pageParam }) =>
      call<SyncRuns>(`/connections/${id}/runs`, { signal, query: { cursor: pageParam, limit: RUNS_PAGE } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: LOOK_MS,
  })
}

export async function addConnection(body: NewConnection, idempotencyKey: string): Promise<Connection> {
  return keep(await call<Connection>('/connections', { body, idempotencyKey }))
}

export async function editConnection(id: number, body: ConnectionEdit): Promise<Connection> {
  return keep(await call<Connection>(`/connections/${id}`, { method: 'PATCH', body }))
}

/** Pauses it, or lets it go on. */
export function useSwitchConnection() {
  return useMutation({
    mutationFn: ({ id, enabled }: Pick<Connection, 'id' | 'enabled'>) => editConnection(id, { enabled }),
  })
}

export function useRunNow() {
  return useMutation({
    mutationFn: async (id: number) => keep(await call<Connection>(`/connections/${id}/run`, { method: 'POST' })),
  })
}

export function useRemoveConnection() {
  return useMutation({
    mutationFn: (id: number) => call(`/connections/${id}`, { method: 'DELETE' }),
    onSettled: () => {
      // Its links and conflicts have gone with it.
      for (const key of [keys.connections, ['conflicts'], ['lead']])
        void queryClient.invalidateQueries({ queryKey: key })
    },
  })
}

export function bringLeadIn(connectionId: number, body: NewLink): Promise<AddedLink> {
  return call<AddedLink>(`/connections/${connectionId}/leads`, { body })
}

/** Puts what a write answered into the list, and asks for the list again. */
function keep(connection: Connection): Connection {
  queryClient.setQueryData(connectionsQuery.queryKey, (known) =>
    known?.some(({ id }) => id === connection.id)
      ? known.map((each) => (each.id === connection.id ? connection : each))
      : [...(known ?? []), connection],
  )
  void queryClient.invalidateQueries({ queryKey: keys.connections })
  return connection
}
