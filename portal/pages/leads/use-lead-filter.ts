import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback, useMemo } from 'react'
import type { LeadFilter } from '../../api/keys.ts'
import { readFilter, toWords } from './lead-filter.ts'

export type ChangeFilter = (part: { [K in keyof LeadFilter]?: LeadFilter[K] | undefined }) => void

/** The filter that the address holds, so that a link, the back button and a bookmark bring it back. */
export function useLeadFilter() {
  const words = useSearch({ from: '/inside/leads' })
  const navigate = useNavigate()
  const filter = useMemo(() => readFilter(words), [words])
  const set = useCallback((next: LeadFilter) => void navigate({ to: '/leads', search: toWords(next) }), [navigate])
  const change = useCallback<ChangeFilter>(
    (part) =>
      void navigate({
        to: '/leads',
        // Each letter of a search is no step of its own to go back to.
        replace: 'q' in part,
        search: (before) => toWords({ ...readFilter(before), ...part } as LeadFilter),
      }),
    [navigate],
  )
  return { filter, set, change }
}
