import { queryOptions, useMutation } from '@tanstack/react-query'
import { call } from '../../api/client.ts'
import { keys } from '../../api/keys.ts'
import { type CompanySettings, callCompany, companyQuery } from '../../api/queries/company.ts'
import { sessionQuery } from '../../api/queries/session.ts'
import { queryClient } from '../../api/query-client.ts'
import type { ApiKeys, Company, Invitations, Tokens, User } from '../../api/types.ts'

const GAUGES_MS = 10_000

export const tokensQuery = queryOptions({
  queryKey: keys.tokens,
  queryFn: async ({ signal }) => (await call<Tokens>('/tokens', { signal })).tokens,
})

/** The keys with their gauges, which programs move at all times. */
export const apiKeysQuery = queryOptions({
  queryKey: keys.apiKeys,
  queryFn: async ({ signal }) => (await call<ApiKeys>('/api-keys', { signal })).apiKeys,
  refetchInterval: GAUGES_MS,
})

export const invitationsQuery = queryOptions({
  queryKey: keys.invitations,
  queryFn: async ({ signal }) => (await call<Invitations>('/invitations', { signal })).invitations,
})

export type CompanyEdit = Partial<Omit<Company, 'id' | 'form'>> & { form?: Partial<Company['form']> }

/**
 * Changes settings of the company; what shows its name, currency or time zone follows. Throws an ApiProblem with status
 * 412 when they are no longer those of `tag`.
 */
export async function saveCompany(edit: CompanyEdit, tag: string | null): Promise<CompanySettings> {
  return keepCompany(await callCompany('/company', { method: 'PATCH', body: edit, ifMatch: tag }))
}

/**
 * A new address for the public form; the old one stops working. Throws an ApiProblem with status 412 when the settings are
 * no longer those of `tag`.
 */
export async function renewFormAddress(tag: string | null): Promise<CompanySettings> {
  return keepCompany(await callCompany('/company/form/new-slug', { method: 'POST', ifMatch: tag }))
}

function keepCompany(company: CompanySettings): CompanySettings {
  queryClient.setQueryData(companyQuery.queryKey, company)
  void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
  // Follow-up times and lists stand in the rule table and in forms too.
  void queryClient.invalidateQueries({ queryKey: keys.leadStatuses })
  return company
}

export type UserEdit = Partial<Pick<User, 'name' | 'role' | 'active'>>

export function useEditUser() {
  return useMutation({
    mutationFn: ({ id, edit }: { id: number; edit: UserEdit }) =>
      call<User>(`/users/${id}`, { method: 'PATCH', body: edit }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.users }),
  })
}
