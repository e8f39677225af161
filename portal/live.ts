import { useSyncExternalStore } from 'react'
import { keys } from './api/keys.ts'
import { sessionQuery } from './api/queries/session.ts'
import { queryClient } from './api/query-client.ts'
import type { Lead, LiveEvent } from './api/types.ts'

export type LiveState = 'connecting' | 'live' | 'offline'

/** Events that come close together are handled as one batch: the first waits this long for the others. */
const BATCH_MS = 60
/** Lists are asked for again at most this often, however fast a program writes. */
const LISTS_MS = 900
const LISTS = ['today', 'leads', 'search', 'board']
const HIDDEN_MS = 20_000
const RETRY_MS = [1000, 2000, 5000, 10_000, 30_000]

let source: EventSource | null = null
let isWanted = false
let state: LiveState = 'connecting'
let failures = 0
let hiddenTimer: number | undefined
let retryTimer: number | undefined
let batchTimer: number | undefined
let listsTimer: number | undefined
let listsAt = 0
let batch: LiveEvent[] = []
const stateListeners = new Set<() => void>()
const eventListeners = new Set<(events: readonly LiveEvent[]) => void>()

/** Keeps the stream of live changes open from now on; safe to call again. */
export function startLive(): void {
  isWanted = true
  open()
}

export function stopLive(): void {
  isWanted = false
  close()
}

// A line that is cut is noticed late, or never; the browser knows at once.
window.addEventListener('offline', () => {
  if (!isWanted) return
  close()
  failures++
  setState('offline')
})
window.addEventListener('online', () => {
  if (isWanted) open()
})

/*
 * A browser opens six connections to one server at most, and every stream holds one: a tab that nobody has looked at
 * for a while gives its own back, and catches up when it is looked at again.
 */
document.addEventListener('visibilitychange', () => {
  window.clearTimeout(hiddenTimer)
  if (!isWanted) return
  if (document.visibilityState === 'visible') open()
  else hiddenTimer = window.setTimeout(rest, HIDDEN_MS)
})

function rest(): void {
  if (source === null) return
  close()
  failures++
  setState('connecting')
}

function open(): void {
  if (source !== null) return
  window.clearTimeout(retryTimer)
  source = new EventSource('/v1/events')
  source.addEventListener('open', () => {
    // What happened while the line was down, or just before there was one, is unknown: it is asked for again.
    if (failures > 0) void queryClient.invalidateQueries({ refetchType: 'active' })
    else refetch('lead', ...LISTS)
    failures = 0
    setState('live')
  })
  source.addEventListener('lead', (message) => receive(JSON.parse(message.data) as LiveEvent))
  source.addEventListener('reset', reopen)
  source.addEventListener('error', () => {
    failures++
    setState('offline')
    // The browser tries again by itself unless the server refused.
    if (source?.readyState === EventSource.CLOSED) retryLater()
  })
}

/** Something was missed: as after a line that was down. */
function reopen(): void {
  rest()
  open()
}

function close(): void {
  source?.close()
  source = null
  window.clearTimeout(retryTimer)
}

/** Calls the listener with each batch of changes; gives the function that ends it. */
export function subscribeToLive(listener: (events: readonly LiveEvent[]) => void): () => void {
  eventListeners.add(listener)
  return () => eventListeners.delete(listener)
}

/** Whether changes of others arrive by themselves. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(subscribeToState, () => state)
}

function subscribeToState(listener: () => void): () => void {
  stateListeners.add(listener)
  return () => stateListeners.delete(listener)
}

function setState(next: LiveState): void {
  if (next === state) return
  state = next
  for (const listener of stateListeners) listener()
}

function retryLater(): void {
  close()
  const wait = RETRY_MS[Math.min(failures, RETRY_MS.length) - 1] ?? RETRY_MS[0]
  retryTimer = window.setTimeout(() => {
    // A session that ended is the usual reason; asking for it brings up the log-in dialog.
    void queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 }).catch(() => undefined)
    if (isWanted) open()
  }, wait)
}

function receive(event: LiveEvent): void {
  batch.push(event)
  if (batchTimer === undefined) batchTimer = window.setTimeout(flush, BATCH_MS)
}

function flush(): void {
  const events = batch
  batch = []
  batchTimer = undefined
  for (const event of latestOfEach(events)) refreshLead(event)
  for (const listener of eventListeners) listener(events)
  for (const stage of stagesOf(events)) {
    void queryClient.invalidateQueries({ queryKey: [...keys.board, stage], refetchType: 'none' })
  }
  if (listsTimer !== undefined) return
  listsTimer = window.setTimeout(refreshLists, Math.max(0, listsAt + LISTS_MS - Date.now()))
}

function latestOfEach(events: readonly LiveEvent[]): Iterable<LiveEvent> {
  return new Map(events.map((event) => [event.leadId, event])).values()
}

function stagesOf(events: readonly LiveEvent[]): Set<string> {
  return new Set(events.flatMap(({ boardStage, previousStage }) => [boardStage, previousStage ?? boardStage]))
}

/** A lead that is already known at this revision, such as the one that this page has just written, is left alone. */
function refreshLead({ leadId, revision, event }: LiveEvent): void {
  const known = queryClient.getQueryData<{ data: Lead }>(keys.lead(leadId))
  // That a lead requires action changes what is shown of it, and not its revision.
  if (known !== undefined && known.data.revision >= revision && event !== 'lead.requires_action') {
    void queryClient.invalidateQueries({ queryKey: keys.timeline(leadId) })
    return
  }
  void queryClient.invalidateQueries({ queryKey: keys.lead(leadId) })
}

function refreshLists(): void {
  listsTimer = undefined
  listsAt = Date.now()
  refetch(...LISTS)
  void queryClient.invalidateQueries({ queryKey: ['statistics'], refetchType: 'none' })
  // A change may settle a conflict, or be one side of another.
  refetch('conflicts')
}

/** Asks again for what is on the screen of these keys, and for the rest when it is looked at. */
function refetch(...firstWords: string[]): void {
  for (const key of firstWords) void queryClient.invalidateQueries({ queryKey: [key], refetchType: 'active' })
}
