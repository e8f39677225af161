import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { editCompany } from '../../app/company/edit-company.ts'
import { renewFormSlug } from '../../app/company/renew-form-slug.ts'
import { type CompanyView, showCompany } from '../../app/company/show-company.ts'
import { deleteView } from '../../app/users/delete-view.ts'
import { listViews } from '../../app/users/list-views.ts'
import { saveView } from '../../app/users/save-view.ts'
import { bodyTag, readIfMatch } from '../kit/etag.ts'
import { callerOf } from '../kit/face.ts'
import { readJsonObject } from '../kit/json-body.ts'
import { companyUserOf } from './access.ts'
import { idOf, readBody, sendJson, textOf } from './body.ts'
import { Company, CompanyEdit, NewSavedView, SavedView, SavedViews } from './contract/company.ts'
import { operation, personOperation, problem, problems, success } from './describe.ts'
import type { NativeOptions } from './options.ts'

const SETTINGS = { access: 'settings' } as const
const MEMBER = { access: 'member' } as const

const IF_MATCH = Type.Optional(Type.String({ description: 'The ETag of the settings as the client knows them, or *.' }))
const CHANGED = problem('The settings are not those that If-Match names.')
const TAG_HEADER = { ETag: Type.String({ description: 'Of the settings.' }) }

const showSchema = operation('Show the company', 'Its settings, with the follow-up times in force.', {
  response: { 200: success('The company.', Company, TAG_HEADER), ...problems() },
})
const editSchema = operation(
  'Change the company',
  'Only the parts sent change, each list as a whole. Follow-up times count from the next report on. With If-Match, only ' +
    'settings that are still as the client knows them.',
  {
    headers: Type.Object({ 'If-Match': IF_MATCH }),
    body: CompanyEdit,
    response: {
      200: success('The company.', Company, TAG_HEADER),
      ...problems(400, 403, 413, 415),
      412: CHANGED,
    },
  },
)
const slugSchema = operation(
  'Renew the form’s address',
  'The old address leads nowhere from then on. With If-Match, only where the settings are still as the client knows them.',
  {
    headers: Type.Object({ 'If-Match': IF_MATCH }),
    response: { 200: success('The company.', Company, TAG_HEADER), ...problems(400, 403), 412: CHANGED },
  },
)
const viewsSchema = personOperation('List the saved views', 'Of the signed-in user, by name.', {
  response: { 200: success('The views.', SavedViews), ...problems(403) },
})
const saveSchema = personOperation('Save a view', 'One of the same name is replaced. At most 100 a user.', {
  body: NewSavedView,
  response: { 201: success('The view.', SavedView), ...problems(400, 403, 409, 413, 415) },
})
const deleteSchema = personOperation('Delete a saved view', 'Of the signed-in user.', {
  params: Type.Object({ id: Type.Integer() }),
  response: { 204: Type.Null({ description: 'Deleted.' }), ...problems(400, 403, 404) },
})

/** What a company has set, and what its users have saved. */
export function addCompanyRoutes(instance: FastifyInstance, { app }: NativeOptions): void {
  instance.get('/company', { schema: showSchema }, async (request, reply) =>
    sendCompany(reply, await showCompany(app, callerOf(request).companyId)),
  )

  instance.patch('/company', { config: SETTINGS, schema: editSchema }, async (request, reply) => {
    const body = readJsonObject(request, { typeRequired: true })
    return sendCompany(reply, await editCompany(app, callerOf(request).companyId, body, expectedBy(request)))
  })

  instance.post('/company/form/new-slug', { config: SETTINGS, schema: slugSchema }, async (request, reply) =>
    sendCompany(reply, await renewFormSlug(app, callerOf(request).companyId, expectedBy(request))),
  )

  instance.get('/views', { config: MEMBER, schema: viewsSchema }, async (request, reply) =>
    sendJson(reply, { views: await listViews(app, companyUserOf(request)) }),
  )

  instance.post('/views', { config: MEMBER, schema: saveSchema }, async (request, reply) => {
    const body = readBody(request, ['name', 'query'])
    const view = { name: textOf(body, 'name'), query: textOf(body, 'query') }
    return sendJson(reply, await saveView(app, companyUserOf(request), view), 201)
  })

  instance.delete('/views/:id', { config: MEMBER, schema: deleteSchema }, async (request, reply) => {
    await deleteView(app, companyUserOf(request), idOf(request))
    return reply.code(204).send()
  })
}

/** What the request's If-Match expects of the settings. */
function expectedBy(request: FastifyRequest): (view: CompanyView) => boolean {
  const tags = readIfMatch(request)
  return (view) => tags === null || tags.includes(bodyTag(view))
}

function sendCompany(reply: FastifyReply, view: CompanyView): FastifyReply {
  return sendJson(reply.header('etag', bodyTag(view)), view)
}
