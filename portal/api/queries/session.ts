import { queryOptions, useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { call } from '../client.ts'
import { keys } from '../keys.ts'
import { queryClient } from '../query-client.ts'
import { armGate, disarmGate } from '../session-gate.ts'
import type { Session, TwoFactorChallenge } from '../types.ts'

/** Who is signed in; an ApiProblem of status 401 says that nobody is. */
export const sessionQuery = queryOptions({
  queryKey: keys.session,
  queryFn: async ({ signal }) => keepSession(await call<Session>('/session', { signal })),
  staleTime: 5 * 60_000,
  retry: false,
})

/** The session of a page behind the log-in. */
export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data
}

/** The session, or the challenge that a second factor has to answer. */
export async function signIn(email: string, password: string): Promise<Session | TwoFactorChallenge> {
  const answer = await call<Session | TwoFactorChallenge>('/session', { body: { email, password }, signsIn: true })
  return 'challenge' in answer ? answer : keepSession(answer)
}

export async function answerChallenge(challenge: string, code: string): Promise<Session> {
  return keepSession(await call<Session>('/session/two-factor', { body: { challenge, code }, signsIn: true }))
}

/** Ends the session on the server and forgets everything that was shown. */
export function useSignOut() {
  return useMutation({
    mutationFn: () => call('/session', { method: 'DELETE', signsIn: true }),
    onSuccess: () => {
      disarmGate()
      // A new page: nothing of the old session stays in memory.
      location.assign('/sign-in')
    },
  })
}

/** Keeps a session that an answer brought with it. */
export function keepSession(session: Session): Session {
  armGate()
  queryClient.setQueryData(keys.session, session)
  return session
}
