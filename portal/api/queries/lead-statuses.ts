import { queryOptions, useQuery } from '@tanstack/react-query'
import { call } from '../client.ts'
import { keys } from '../keys.ts'
import type { LeadStatuses } from '../types.ts'

/** The rule table, which changes only with the server. */
export const leadStatusesQuery = queryOptions({
  queryKey: keys.leadStatuses,
  queryFn: ({ signal }) => call<LeadStatuses>('/lead-statuses', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
})

export function useLeadStatuses() {
  return useQuery(leadStatusesQuery)
}
