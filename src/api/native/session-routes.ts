import type { FastifyInstance, FastifyReply } from 'fastify'
import { Type } from 'typebox'
import { endSession } from '../../app/sessions/end-session.ts'
import { logIn } from '../../app/sessions/log-in.ts'
import type { OpenedSession } from '../../app/sessions/session.ts'
import { showSession } from '../../app/sessions/show-session.ts'
import { userOf } from './access.ts'
import { readBody, sendJson, textOf } from './body.ts'
import { Login, Session, TwoFactorChallenge } from './contract/accounts.ts'
import { operation, personOperation, problems, success } from './describe.ts'
import type { NativeOptions } from './options.ts'
import { clearSessionCookie, clientOf, readSessionCookie, setSessionCookie } from './site.ts'

const logInSchema = operation(
  'Sign in',
  'Sets the session cookie; with two-factor log-in answers a challenge instead.',
  {
    security: [],
    body: Login,
    response: {
      200: success('Signed in.', Session),
      202: success('The password was right; a code is still asked for.', TwoFactorChallenge),
      ...problems(400, 403, 413, 415, 429),
    },
  },
)
const showSchema = personOperation('Show the session', 'Who is signed in.', {
  response: { 200: success('The session.', Session), ...problems() },
})
const endSchema = personOperation('Sign out', 'The session is over.', {
  response: { 204: Type.Null({ description: 'Signed out.' }), ...problems(403) },
})

/** Signing in and out. */
export function addSessionRoutes(instance: FastifyInstance, options: NativeOptions): void {
  const { app, sessionLife, publicUrl } = options

  instance.post('/session', { config: { access: 'visitor' }, schema: logInSchema }, async (request, reply) => {
    const body = readBody(request, ['email', 'password'])
    const login = { email: textOf(body, 'email'), password: textOf(body, 'password') }
    const logged = await logIn(app, login, clientOf(request), sessionLife)
    if (logged.kind === 'challenge') return sendJson(reply, { challenge: logged.challenge }, 202)
    return answerOpened(reply, logged.session, options)
  })

  instance.get('/session', { config: { access: 'person' }, schema: showSchema }, async (request, reply) =>
    sendJson(reply, await showSession(app, userOf(request).userId)),
  )

  instance.delete('/session', { config: { access: 'person' }, schema: endSchema }, async (request, reply) => {
    await endSession(app, readSessionCookie(request, publicUrl) ?? '')
    clearSessionCookie(reply, publicUrl)
    return reply.code(204).send()
  })
}

/** Hands the browser its session in place of the one that it had, and answers who is signed in. */
export async function answerOpened(
  reply: FastifyReply,
  { token, userId }: OpenedSession,
  { app, sessionLife, publicUrl }: NativeOptions,
): Promise<FastifyReply> {
  const before = readSessionCookie(reply.request, publicUrl)
  if (before !== undefined) await endSession(app, before)
  const view = await showSession(app, userId)
  setSessionCookie(reply, token, { publicUrl, days: sessionLife.days })
  return sendJson(reply, view)
}
