import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { acceptInvitation } from '../../app/users/accept-invitation.ts'
import { cancelInvitation } from '../../app/users/cancel-invitation.ts'
import { editUser } from '../../app/users/edit-user.ts'
import { inviteUser } from '../../app/users/invite-user.ts'
import { listInvitations } from '../../app/users/list-invitations.ts'
import { listUsers } from '../../app/users/list-users.ts'
import { showInvitation } from '../../app/users/show-invitation.ts'
import { companyUserOf } from './access.ts'
import { idOf, readBody, sendJson, textOf } from './body.ts'
import {
  AcceptInvitation,
  Invitations,
  IssuedInvitation,
  NewInvitation,
  OpenInvitation,
  Session,
  User,
  UserEdit,
  Users,
} from './contract/accounts.ts'
import { personOperation, problems, success } from './describe.ts'
import type { NativeOptions } from './options.ts'
import { answerOpened } from './session-routes.ts'
import { clientOf, siteOf } from './site.ts'

const ADMIN = { access: 'admin' } as const
const VISITOR = { access: 'visitor' } as const
const BY_TOKEN = { params: Type.Object({ token: Type.String() }) }
const BY_ID = { params: Type.Object({ id: Type.Integer() }) }

const listSchema = personOperation('List the users', 'Of the company, inactive ones included; members see them, too.', {
  response: { 200: success('By name.', Users), ...problems(403) },
})
const editSchema = personOperation(
  'Change a user',
  'Switching one off ends their sessions. One active admin always stays.',
  {
    ...BY_ID,
    body: UserEdit,
    response: { 200: success('The user.', User), ...problems(400, 403, 404, 409, 413, 415) },
  },
)
const invitationsSchema = personOperation('List the open invitations', 'For admins.', {
  response: { 200: success('Newest first.', Invitations), ...problems(403) },
})
const inviteSchema = personOperation('Invite a user', 'The link is shown this once and holds for seven days.', {
  body: NewInvitation,
  response: { 201: success('The invitation.', IssuedInvitation), ...problems(400, 403, 409, 413, 415) },
})
const cancelSchema = personOperation('Cancel an invitation', 'Its link leads nowhere from then on.', {
  ...BY_ID,
  response: { 204: Type.Null({ description: 'Cancelled.' }), ...problems(400, 403, 404) },
})
const showSchema = personOperation('Show an invitation', 'To whoever holds its link.', {
  security: [],
  ...BY_TOKEN,
  response: { 200: success('The invitation.', OpenInvitation), ...problems(404) },
})
const acceptSchema = personOperation('Accept an invitation', 'Makes the user and signs in.', {
  security: [],
  ...BY_TOKEN,
  body: AcceptInvitation,
  response: { 200: success('Signed in.', Session), ...problems(400, 403, 404, 413, 415) },
})

/** The company's users and who is invited to become one. */
export function addUserRoutes(instance: FastifyInstance, options: NativeOptions): void {
  const { app } = options

  instance.get('/users', { config: { access: 'member' }, schema: listSchema }, async (request, reply) =>
    sendJson(reply, { users: await listUsers(app, companyUserOf(request).companyId) }),
  )

  instance.patch('/users/:id', { config: ADMIN, schema: editSchema }, async (request, reply) => {
    const body = readBody(request, ['name', 'role', 'active'])
    return sendJson(reply, await editUser(app, companyUserOf(request).companyId, idOf(request), body))
  })

  addInvitationRoutes(instance, options)
  addJoiningRoutes(instance, options)
}

function addInvitationRoutes(instance: FastifyInstance, { app, publicUrl }: NativeOptions): void {
  instance.get('/invitations', { config: ADMIN, schema: invitationsSchema }, async (request, reply) =>
    sendJson(reply, { invitations: await listInvitations(app, companyUserOf(request).companyId) }),
  )

  instance.post('/invitations', { config: ADMIN, schema: inviteSchema }, async (request, reply) => {
    const { companyId, name } = companyUserOf(request)
    const body = readBody(request, ['email', 'role'])
    const { email, role } = { email: textOf(body, 'email'), role: textOf(body, 'role') }
    const order = { companyId, invitedBy: name, email, role, site: siteOf(request, publicUrl) }
    return sendJson(reply, await inviteUser(app, order), 201)
  })

  instance.delete('/invitations/:id', { config: ADMIN, schema: cancelSchema }, async (request, reply) => {
    await cancelInvitation(app, companyUserOf(request).companyId, idOf(request))
    return reply.code(204).send()
  })
}

function addJoiningRoutes(instance: FastifyInstance, options: NativeOptions): void {
  const { app, sessionLife: life } = options
  const url = '/invitations/by-token/:token'

  instance.get(url, { config: VISITOR, schema: showSchema }, async (request, reply) => {
    const { token } = request.params as { token: string }
    const { email, company, role } = await showInvitation(app, token)
    return sendJson(reply, { email, company, role })
  })

  instance.post(url, { config: VISITOR, schema: acceptSchema }, async (request, reply) => {
    const { token } = request.params as { token: string }
    const body = readBody(request, ['name', 'password'])
    const acceptance = { token, name: textOf(body, 'name'), password: textOf(body, 'password') }
    const session = await acceptInvitation(app, acceptance, { client: clientOf(request), life })
    return answerOpened(reply, session, options)
  })
}
