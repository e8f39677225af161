import { useQuery } from '@tanstack/react-query'
import { call } from '../client.ts'
import { keys } from '../keys.ts'
import type { Today } from '../types.ts'

export function useToday() {
  return useQuery({ queryKey: keys.today, queryFn: ({ signal }) => call<Today>('/today', { signal }) })
}
