import { queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type Answer, call, callWithTag, newKey, tagOf } from '../client.ts'
import { keys } from '../keys.ts'
import { queryClient } from '../query-client.ts'
import type { Duplicates, Lead, LeadEdit, LeadPage, Timeline } from '../types.ts'

const TIMELINE_PAGE = 25
const FOUND_MAX = 8

export function leadQuery(id: number) {
  return queryOptions({
    queryKey: keys.lead(id),
    queryFn: ({ signal }) => callWithTag<Lead>(`/leads/${id}`, { signal }),
  })
}

/** One lead with its ETag. */
export function useLead(id: number) {
  return useQuery(leadQuery(id))
}

/** Newest first, page by page. */
export function useTimeline(id: number) {
  return useInfiniteQuery({
    queryKey: keys.timeline(id),
    queryFn: ({ signal, pageParam }) =>
      call<Timeline>(`/leads/${id}/timeline`, { signal, query: { cursor: pageParam, limit: TIMELINE_PAGE } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

/** The few leads that a search finds first. */
export function useFoundLeads(q: string) {
  return useQuery({
    queryKey: keys.search(q),
    queryFn: async ({ signal }) => (await call<LeadPage>('/leads', { signal, query: { q, limit: FOUND_MAX } })).leads,
    enabled: q.trim().length > 1,
    placeholderData: (before) => before,
  })
}

/** Leads with the same e-mail address or the same phone. */
export function useDuplicates(email: string, phone: string, except: number | null) {
  return useQuery({
    queryKey: keys.duplicates(email, phone, except),
    queryFn: async ({ signal }) =>
      (await call<Duplicates>('/leads/duplicates', { signal, query: { email, phone, except } })).leads,
    enabled: email !== '' || phone !== '',
  })
}

/** Keeps what a write answered, and asks again for every list on the screen in which the lead may stand. */
export function putLead(lead: Lead): Lead {
  queryClient.setQueryData<Answer<Lead>>(keys.lead(lead.id), (known) =>
    known !== undefined && known.data.revision > lead.revision ? known : { data: lead, etag: tagOf(lead.revision) },
  )
  void queryClient.invalidateQueries({ queryKey: keys.timeline(lead.id) })
  for (const key of ['today', 'leads', 'board', 'search', 'statistics']) {
    void queryClient.invalidateQueries({ queryKey: [key], refetchType: 'active' })
  }
  return lead
}

async function write(path: string, body: unknown, method: 'POST' | 'PATCH' | 'DELETE', ifMatch?: string) {
  const options = { method, idempotencyKey: newKey(), ifMatch: ifMatch ?? null }
  return putLead(await call<Lead>(path, body === undefined ? options : { ...options, body }))
}

export function acceptLead(id: number): Promise<Lead> {
  return write(`/leads/${id}/accept`, {}, 'POST')
}

export function declineLead(id: number, reason: string): Promise<Lead> {
  return write(`/leads/${id}/decline`, { reason }, 'POST')
}

/** With a revision the server refuses when somebody else changed the lead meanwhile. */
export function editLead(id: number, edit: LeadEdit, revision?: number): Promise<Lead> {
  return write(`/leads/${id}`, edit, 'PATCH', revision === undefined ? undefined : tagOf(revision))
}

export function deleteLead(id: number): Promise<Lead> {
  return write(`/leads/${id}`, undefined, 'DELETE')
}

export function restoreLead(id: number): Promise<Lead> {
  return write(`/leads/${id}/restore`, {}, 'POST')
}

export function markViewed(id: number): Promise<Lead> {
  return write(`/leads/${id}/viewed`, {}, 'POST')
}

export function removeAttachment(id: number, attachmentId: number): Promise<Lead> {
  return write(`/leads/${id}/attachments/${attachmentId}`, undefined, 'DELETE')
}
