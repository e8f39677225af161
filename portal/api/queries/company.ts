import { queryOptions, useQuery } from '@tanstack/react-query'
import { call } from '../client.ts'
import { keys } from '../keys.ts'
import type { Company, Users } from '../types.ts'

export const companyQuery = queryOptions({
  queryKey: keys.company,
  queryFn: ({ signal }) => call<Company>('/company', { signal }),
  staleTime: 5 * 60_000,
})

export function useCompany() {
  return useQuery(companyQuery)
}

/** The company's users, who are the possible assignees. */
export const usersQuery = queryOptions({
  queryKey: keys.users,
  queryFn: async ({ signal }) => (await call<Users>('/users', { signal })).users,
  staleTime: 5 * 60_000,
})

export function useUsers() {
  return useQuery(usersQuery)
}
