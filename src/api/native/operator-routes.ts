import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { App } from '../../app/app.ts'
import { addCompany } from '../../app/credentials/add-company.ts'
import { type OfferFields, offerLeadOnce } from '../../app/leads/offer-lead.ts'
import { listCompanies } from '../../app/operator/list-companies.ts'
import { refuse } from '../../core/errors.ts'
import type { Lead } from '../../core/lead/lead.ts'
import { refuseIfMatch } from '../kit/etag.ts'
import { idempotencyOf, sendWritten } from '../kit/idempotency.ts'
import { bytesOf } from '../kit/raw-body.ts'
import { userOf } from './access.ts'
import { readBody, sendJson, textOf } from './body.ts'
import { AddedCompany, AddedOffer, NewCompany, NewOffer, OperatorCompanies } from './contract/company.ts'
import { KEY_HEADER, personOperation, problems, success } from './describe.ts'
import type { NativeOptions } from './options.ts'
import { readParameters } from './query.ts'

const OPERATOR = { access: 'operator' } as const

const listSchema = personOperation(
  'List the companies',
  'Of the installation, newest first, 50 a page. For operators.',
  {
    querystring: Type.Object({ q: Type.Optional(Type.String()), cursor: Type.Optional(Type.String()) }),
    response: { 200: success('A page.', OperatorCompanies), ...problems(400, 403) },
  },
)
const addSchema = personOperation('Add a company', 'With its first admin, a token and a key, shown this once.', {
  body: NewCompany,
  response: { 201: success('The company.', AddedCompany), ...problems(400, 403, 413, 415) },
})
const offerSchema = personOperation('Offer a lead', 'To a company, which answers it. For operators.', {
  headers: KEY_HEADER,
  body: NewOffer,
  response: { 201: success('The lead.', AddedOffer), ...problems(400, 403, 404, 413, 415, 422) },
})

/** What operators do, who run the installation and belong to no company. */
export function addOperatorRoutes(instance: FastifyInstance, { app, tokenDays }: NativeOptions): void {
  instance.get('/operator/companies', { config: OPERATOR, schema: listSchema }, async (request, reply) => {
    const { q = [], cursor = [] } = readParameters(request, ['q', 'cursor'])
    return sendJson(reply, await listCompanies(app, { q: q.join(' '), cursor: cursor[0] }))
  })

  instance.post('/operator/companies', { config: OPERATOR, schema: addSchema }, async (request, reply) => {
    const body = readBody(request, ['name', 'email', 'password'])
    const input = { name: textOf(body, 'name'), email: textOf(body, 'email'), password: textOf(body, 'password') }
    const { company, email, token, apiKey } = await addCompany(app, { ...input, tokenDays })
    return sendJson(reply, { ...company, email, token, apiKey }, 201)
  })

  addOfferRoute(instance, app)
}

function addOfferRoute(instance: FastifyInstance, app: App): void {
  const present = ({ id }: Lead) => ({ status: 201, body: JSON.stringify({ id }) })
  instance.post('/operator/offers', { config: OPERATOR, schema: offerSchema }, async (request, reply) => {
    refuseIfMatch(request)
    const { userId, name } = userOf(request)
    const idempotency = idempotencyOf(request, [bytesOf(request)], present)
    const { companyId, lead } = readBody(request, ['companyId', 'lead'])
    if (typeof companyId !== 'number') {
      refuse('field.invalid', '{companyId} must be the id of a company.', { field: 'companyId' })
    }
    if (typeof lead !== 'object' || lead === null || Array.isArray(lead)) {
      refuse('field.invalid', '{lead} must be an object with the fields of a lead.', { field: 'lead' })
    }
    const actor = { kind: 'operator', id: String(userId), name, face: 'native' } as const
    const offer = { companyId, fields: lead as OfferFields, actor }
    return sendWritten(reply, await offerLeadOnce(app, offer, idempotency), present)
  })
}
