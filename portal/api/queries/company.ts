import { queryOptions, useQuery } from '@tanstack/react-query'
import { type CallOptions, call, callWithTag } from '../client.ts'
import { keys } from '../keys.ts'
import type { Company, Users } from '../types.ts'

/** The settings with their ETag, for If-Match. */
export interface CompanySettings extends Company {
  readonly tag: string | null
}

/** Asks for the settings, or changes them: the answers are the same. */
export async function callCompany(path: string, options: CallOptions): Promise<CompanySettings> {
  const { data, etag } = await callWithTag<Company>(path, options)
  return { ...data, tag: etag }
}

export const companyQuery = queryOptions({
  queryKey: keys.company,
  queryFn: ({ signal }) => callCompany('/company', { signal }),
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
