import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call } from '../../api/client.ts'
import { keys } from '../../api/keys.ts'
import type { Statistics } from '../../api/types.ts'
import type { Period } from './period.ts'

/** The figures of the leads that came within a period; the last ones stay on the page while new ones are counted. */
export function statisticsQuery({ from, to }: Period, assignee: string | null) {
  return queryOptions({
    queryKey: keys.statistics(from, to, assignee),
    queryFn: ({ signal }) => call<Statistics>('/statistics', { query: { from, to, assignee }, signal }),
    placeholderData: keepPreviousData,
  })
}
