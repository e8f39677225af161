import { QueryClient } from '@tanstack/react-query'
import { ApiProblem } from './client.ts'

const RETRIES = 2

/** Live events keep what is shown fresh; the stale time only spares calls while going to and fro. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 5 * 60_000,
      retry: (count, error) => count < RETRIES && isWorthAnotherTry(error),
    },
    mutations: { retry: false },
  },
})

/** A refusal stays one however often it is asked for; a busy server or a dead line does not. */
function isWorthAnotherTry(error: Error): boolean {
  return !(error instanceof ApiProblem) || error.status >= 500
}
