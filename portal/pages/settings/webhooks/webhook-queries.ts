import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call, tagOf } from '../../../api/client.ts'
import { keys } from '../../../api/keys.ts'
import { queryClient } from '../../../api/query-client.ts'
import type {
  AddedWebhookEndpoint,
  NewWebhookEndpoint,
  ReplayedWebhooks,
  RotatedWebhookSecret,
  WebhookAttemptDetail,
  WebhookAttempts,
  WebhookEndpoint,
  WebhookEndpointEdit,
  WebhookEndpoints,
  WebhookReplay,
} from '../../../api/types.ts'

const LIST = '/webhook-endpoints'
/** Queues and logs move by themselves. */
const HEALTH_MS = 10_000
const LOG_MS = 2_000
const PAGE = 25

export const endpointsQuery = queryOptions({
  queryKey: keys.webhooks,
  queryFn: async ({ signal }) => (await call<WebhookEndpoints>(LIST, { signal })).endpoints,
  refetchInterval: HEALTH_MS,
})

export function endpointQuery(id: number) {
  return queryOptions({
    queryKey: keys.webhook(id),
    queryFn: ({ signal }) => call<WebhookEndpoint>(`${LIST}/${id}`, { signal }),
    refetchInterval: LOG_MS,
    // The list has shown it a moment ago.
    placeholderData: () => queryClient.getQueryData<WebhookEndpoint[]>(keys.webhooks)?.find((one) => one.id === id),
  })
}

export interface LogFilter {
  /** '': all; several parted by commas. */
  readonly outcome: string
  /** '': all. */
  readonly event: string
}

export function attemptsQuery(id: number, filter: LogFilter) {
  return infiniteQueryOptions({
    queryKey: keys.webhookAttempts(id, filter.outcome, filter.event),
    queryFn: ({ signal, pageParam }) => {
      const query = { ...filter, cursor: pageParam, limit: PAGE }
      return call<WebhookAttempts>(`${LIST}/${id}/attempts`, { signal, query })
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    // Who reads further back is not to lose the place.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : LOG_MS),
  })
}

export function attemptQuery(id: number, attemptId: number) {
  return queryOptions({
    queryKey: keys.webhookAttempt(id, attemptId),
    queryFn: ({ signal }) => call<WebhookAttemptDetail>(`${LIST}/${id}/attempts/${attemptId}`, { signal }),
  })
}

/** The endpoint as it is now. */
export function lookAtEndpoint(id: number): Promise<WebhookEndpoint> {
  return queryClient.fetchQuery({
    queryKey: keys.webhook(id),
    queryFn: () => call<WebhookEndpoint>(`${LIST}/${id}`),
    staleTime: 0,
  })
}

export async function addEndpoint(body: NewWebhookEndpoint, idempotencyKey: string): Promise<AddedWebhookEndpoint> {
  return refreshed(await call<AddedWebhookEndpoint>(LIST, { body, idempotencyKey }))
}

/** Throws an ApiProblem with status 412 when a version is given and the endpoint has another one. */
export async function editEndpoint(
  id: number,
  body: WebhookEndpointEdit,
  version: number | null = null,
): Promise<WebhookEndpoint> {
  const ifMatch = version === null ? null : tagOf(version)
  const endpoint = await call<WebhookEndpoint>(`${LIST}/${id}`, { method: 'PATCH', body, ifMatch })
  queryClient.setQueryData(keys.webhook(id), endpoint)
  return refreshed(endpoint)
}

export async function deleteEndpoint(id: number): Promise<void> {
  await call(`${LIST}/${id}`, { method: 'DELETE' })
  queryClient.setQueryData<WebhookEndpoint[]>(keys.webhooks, (all) => all?.filter((one) => one.id !== id))
}

export async function rotateSecret(id: number): Promise<RotatedWebhookSecret> {
  return refreshed(await call<RotatedWebhookSecret>(`${LIST}/${id}/rotate-secret`, { method: 'POST' }))
}

export async function sendTest(id: number): Promise<void> {
  await call(`${LIST}/${id}/test`, { method: 'POST' })
  refreshed(null)
}

/** Resolves to how many messages were queued. */
export async function replay(id: number, body: WebhookReplay): Promise<number> {
  return refreshed(await call<ReplayedWebhooks>(`${LIST}/${id}/replay`, { body })).queued
}

function refreshed<T>(value: T): T {
  void queryClient.invalidateQueries({ queryKey: keys.webhooks })
  return value
}
