import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { answerChallenge } from '../../app/sessions/answer-challenge.ts'
import { beginTwoFactor } from '../../app/sessions/begin-two-factor.ts'
import { confirmTwoFactor } from '../../app/sessions/confirm-two-factor.ts'
import { endTwoFactor } from '../../app/sessions/end-two-factor.ts'
import { showSession } from '../../app/sessions/show-session.ts'
import { editMe } from '../../app/users/edit-me.ts'
import { askForReset } from '../../app/users/reset-link.ts'
import { resetPassword } from '../../app/users/reset-password.ts'
import { userOf } from './access.ts'
import { findFlag, findText, readBody, sendJson, textOf } from './body.ts'
import {
  MeEdit,
  RecoveryCodes,
  ResetAsked,
  ResetPassword,
  ResetRequest,
  Session,
  TwoFactorBegin,
  TwoFactorConfirm,
  TwoFactorLogin,
  TwoFactorOff,
  TwoFactorSetup,
} from './contract/accounts.ts'
import { personOperation, problems, success } from './describe.ts'
import type { NativeOptions } from './options.ts'
import { answerOpened } from './session-routes.ts'
import { clientOf, setSessionCookie, siteOf } from './site.ts'

const VISITOR = { access: 'visitor' } as const
const PERSON = { access: 'person' } as const
const DONE = { 204: Type.Null({ description: 'Done.' }) }

const codeSchema = personOperation('Sign in with a code', 'The second step: six digits, or a recovery code.', {
  security: [],
  body: TwoFactorLogin,
  response: { 200: success('Signed in.', Session), ...problems(400, 403, 413, 415, 429) },
})
const askSchema = personOperation('Ask for a new password', 'A link goes out by e-mail, should there be such a user.', {
  security: [],
  body: ResetRequest,
  response: { 202: success('Whether a mail server is set; nothing of the user.', ResetAsked), ...problems(400, 429) },
})
const resetSchema = personOperation('Set a new password', 'By the token of a link. Ends every session of the user.', {
  security: [],
  params: Type.Object({ token: Type.String() }),
  body: ResetPassword,
  response: { ...DONE, ...problems(400, 404, 413, 415) },
})
const meSchema = personOperation(
  'Change oneself',
  'A new password needs the current one and ends every other session.',
  {
    body: MeEdit,
    response: { 200: success('The session.', Session), ...problems(400, 403, 413, 415, 429) },
  },
)
const beginSchema = personOperation(
  'Begin two-factor log-in',
  'Needs the password. The secret is shown this once; a code confirms it.',
  {
    body: TwoFactorBegin,
    response: { 200: success('For the authenticator.', TwoFactorSetup), ...problems(400, 403, 409, 413, 415, 429) },
  },
)
const confirmSchema = personOperation('Confirm two-factor log-in', 'Ends every other session of the user.', {
  body: TwoFactorConfirm,
  response: { 200: success('Shown this once.', RecoveryCodes), ...problems(400, 403, 409, 413, 415, 429) },
})
const offSchema = personOperation('Turn two-factor log-in off', 'Needs the password. Ends every other session.', {
  body: TwoFactorOff,
  response: { ...DONE, ...problems(400, 403, 409, 413, 415, 429) },
})

/** Second factors, new passwords, and what users change of themselves. */
export function addAccountRoutes(instance: FastifyInstance, options: NativeOptions): void {
  addLoginRoutes(instance, options)
  addMeRoutes(instance, options)
}

function addLoginRoutes(instance: FastifyInstance, options: NativeOptions): void {
  const { app, sessionLife, publicUrl } = options

  instance.post('/session/two-factor', { config: VISITOR, schema: codeSchema }, async (request, reply) => {
    const body = readBody(request, ['challenge', 'code'])
    const answer = { challenge: textOf(body, 'challenge'), code: textOf(body, 'code') }
    return answerOpened(reply, await answerChallenge(app, answer, clientOf(request), sessionLife), options)
  })

  instance.post('/password-resets', { config: VISITOR, schema: askSchema }, async (request, reply) => {
    const email = textOf(readBody(request, ['email']), 'email')
    await askForReset(app, { email, client: clientOf(request), site: siteOf(request, publicUrl) })
    return sendJson(reply, { mail: app.mail.isOn }, 202)
  })

  instance.post('/password-resets/:token', { config: VISITOR, schema: resetSchema }, async (request, reply) => {
    const { token } = request.params as { token: string }
    await resetPassword(app, token, textOf(readBody(request, ['password']), 'password'))
    return reply.code(204).send()
  })
}

function addMeRoutes(instance: FastifyInstance, options: NativeOptions): void {
  const { app, sessionLife: life, publicUrl } = options
  const cookie = { publicUrl, days: life.days }

  instance.patch('/me', { config: PERSON, schema: meSchema }, async (request, reply) => {
    const body = readBody(request, ['name', 'currentPassword', 'password', 'digest'])
    const edit = {
      name: findText(body, 'name'),
      currentPassword: findText(body, 'currentPassword'),
      password: findText(body, 'password'),
      digest: findFlag(body, 'digest'),
    }
    const user = userOf(request)
    const session = await editMe(app, user, edit, { client: clientOf(request), life })
    if (session !== null) return answerOpened(reply, session, options)
    return sendJson(reply, await showSession(app, user.userId))
  })

  instance.post('/me/two-factor', { config: PERSON, schema: beginSchema }, async (request, reply) => {
    const password = textOf(readBody(request, ['password']), 'password')
    return sendJson(reply, await beginTwoFactor(app, userOf(request), { password, client: clientOf(request) }))
  })

  instance.post('/me/two-factor/confirm', { config: PERSON, schema: confirmSchema }, async (request, reply) => {
    const input = { code: textOf(readBody(request, ['code']), 'code'), client: clientOf(request), life }
    const { recoveryCodes, session } = await confirmTwoFactor(app, userOf(request), input)
    setSessionCookie(reply, session.token, cookie)
    return sendJson(reply, { recoveryCodes })
  })

  instance.delete('/me/two-factor', { config: PERSON, schema: offSchema }, async (request, reply) => {
    const password = textOf(readBody(request, ['password']), 'password')
    const session = await endTwoFactor(app, userOf(request), { password, client: clientOf(request), life })
    setSessionCookie(reply, session.token, cookie)
    return reply.code(204).send()
  })
}
