import { queryOptions } from '@tanstack/react-query'
import { call } from '../client.ts'
import { keys } from '../keys.ts'
import type { DeskHealth } from '../types.ts'

/** How what follows the leads is doing; only for who may change settings. */
export const healthQuery = queryOptions({
  queryKey: keys.health,
  queryFn: ({ signal }) => call<DeskHealth>('/health', { signal }),
})
