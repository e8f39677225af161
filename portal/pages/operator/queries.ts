import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '../../api/client.ts'
import { keys } from '../../api/keys.ts'
import type { AddedCompany, AddedOffer, NewCompany, NewOffer, OperatorCompanies } from '../../api/types.ts'

const CHOICES_STALE_MS = 30_000

function companiesPage(q: string, cursor: string | null, signal: AbortSignal): Promise<OperatorCompanies> {
  return call<OperatorCompanies>('/operator/companies', { query: { q, cursor }, signal })
}

/** The companies whose name or e-mail has the words, page by page. */
export function companiesQuery(q: string) {
  return infiniteQueryOptions({
    queryKey: keys.operatorCompanies(q),
    queryFn: ({ pageParam, signal }) => companiesPage(q, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

/** The first companies that fit, to choose one from. */
export function companyChoicesQuery(q: string) {
  return queryOptions({
    queryKey: [...keys.operatorCompanies(q), 'choices'],
    queryFn: async ({ signal }) => (await companiesPage(q, null, signal)).companies,
    staleTime: CHOICES_STALE_MS,
  })
}

export function addCompany(company: NewCompany, idempotencyKey: string): Promise<AddedCompany> {
  return call<AddedCompany>('/operator/companies', { body: company, idempotencyKey })
}

/** `idempotencyKey` is made once for one filled-in form: sent twice, the lead is offered once. */
export function offerLead(offer: NewOffer, idempotencyKey: string): Promise<AddedOffer> {
  return call<AddedOffer>('/operator/offers', { body: offer, idempotencyKey })
}
