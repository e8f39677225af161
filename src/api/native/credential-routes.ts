import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { type GaugedApiKey, gaugeApiKeys } from '../../app/credentials/gauge-api-keys.ts'
import { issueApiKey } from '../../app/credentials/issue-api-key.ts'
import { issueToken } from '../../app/credentials/issue-token.ts'
import { listTokens } from '../../app/credentials/list-tokens.ts'
import { revokeApiKey } from '../../app/credentials/revoke-api-key.ts'
import { revokeToken } from '../../app/credentials/revoke-token.ts'
import { refuse } from '../../core/errors.ts'
import { curlCommand } from '../../lib/shell.ts'
import type { JsonObject } from '../kit/json-body.ts'
import { companyUserOf } from './access.ts'
import { idOf, readBody, sendJson, textOf } from './body.ts'
import { ApiKeys, IssuedApiKey, IssuedToken, NewApiKey, NewToken, Tokens } from './contract/accounts.ts'
import { personOperation, problems, success } from './describe.ts'
import type { NativeOptions } from './options.ts'
import { siteOf } from './site.ts'

const ADMIN = { access: 'admin' } as const
const REVOKED = { 204: Type.Null({ description: 'Refused from now on; by every server within five seconds.' }) }
/** Stands for a password that nobody but its user knows. */
const PASSWORD_MARK = 'YOUR-PASSWORD'

const tokensSchema = personOperation('List the tokens', 'The newest 1,000, revoked ones included.', {
  response: { 200: success('Newest first.', Tokens), ...problems(403) },
})
const issueTokenSchema = personOperation('Issue a token', 'For the RenovationFind API and this one. Shown this once.', {
  body: NewToken,
  response: { 201: success('The token.', IssuedToken), ...problems(400, 403, 413, 415) },
})
const revokeTokenSchema = personOperation('Revoke a token', 'Of the company.', {
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  response: { ...REVOKED, ...problems(403, 404) },
})
const keysSchema = personOperation('List the API keys', 'The newest 1,000, each with its rate windows.', {
  response: { 200: success('Newest first.', ApiKeys), ...problems(403) },
})
const issueKeySchema = personOperation('Issue an API key', 'For the ConstructionOnline API. Shown this once.', {
  body: NewApiKey,
  response: { 201: success('The key.', IssuedApiKey), ...problems(400, 403, 413, 415) },
})
const revokeKeySchema = personOperation('Revoke an API key', 'Of the company.', {
  params: Type.Object({ id: Type.Integer() }),
  response: { ...REVOKED, ...problems(400, 403, 404) },
})

/** What programs of the company open Leadwright with. */
export function addCredentialRoutes(instance: FastifyInstance, options: NativeOptions): void {
  addTokenRoutes(instance, options)
  addKeyRoutes(instance, options)
}

function addTokenRoutes(instance: FastifyInstance, { app, publicUrl, tokenDays }: NativeOptions): void {
  instance.get('/tokens', { config: ADMIN, schema: tokensSchema }, async (request, reply) =>
    sendJson(reply, { tokens: await listTokens(app, companyUserOf(request).companyId) }),
  )

  instance.post('/tokens', { config: ADMIN, schema: issueTokenSchema }, async (request, reply) => {
    const body = readBody(request, ['name', 'days'])
    const order = { companyId: companyUserOf(request).companyId, name: textOf(body, 'name') }
    const issued = await issueToken(app, { ...order, days: daysOf(body) ?? tokenDays })
    const example = curlCommand([
      [`${siteOf(request, publicUrl)}/rest-api-v1/general-leads?limit=5`],
      ['-H', `Authorization: Bearer ${issued.token}`],
    ])
    return sendJson(reply, { ...issued, example }, 201)
  })

  instance.delete('/tokens/:id', { config: ADMIN, schema: revokeTokenSchema }, async (request, reply) => {
    const { id } = request.params as { id: string }
    await revokeToken(app, companyUserOf(request).companyId, id.toLowerCase())
    return reply.code(204).send()
  })
}

function daysOf({ days }: JsonObject): number | undefined {
  if (days === undefined || days === null) return undefined
  return typeof days === 'number' ? days : refuse('field.invalid', '{days} must be a number.', { field: 'days' })
}

function addKeyRoutes(instance: FastifyInstance, { app, publicUrl, keyLimits }: NativeOptions): void {
  instance.get('/api-keys', { config: ADMIN, schema: keysSchema }, async (request, reply) => {
    const keys = await gaugeApiKeys(app, companyUserOf(request).companyId, keyLimits)
    return sendJson(reply, { apiKeys: keys.map(toApiKey) })
  })

  instance.post('/api-keys', { config: ADMIN, schema: issueKeySchema }, async (request, reply) => {
    const { companyId, email } = companyUserOf(request)
    const name = textOf(readBody(request, ['name']), 'name')
    const { id, key } = await issueApiKey(app, { companyId, name })
    const example = curlCommand([
      [`${siteOf(request, publicUrl)}/api/Leads?skip=0&take=5`],
      ['-u', `${email}:${PASSWORD_MARK}`],
      ['-H', `APIKey: ${key}`],
    ])
    return sendJson(reply, { id, key, example }, 201)
  })

  instance.delete('/api-keys/:id', { config: ADMIN, schema: revokeKeySchema }, async (request, reply) => {
    await revokeApiKey(app, companyUserOf(request).companyId, idOf(request))
    return reply.code(204).send()
  })
}

function toApiKey({ gauges, ...key }: GaugedApiKey): unknown {
  const toGauge = ({ endsAtMs, ...rest }: GaugedApiKey['gauges'][number]) => ({
    ...rest,
    resetsAt: endsAtMs === null ? null : new Date(endsAtMs).toISOString(),
  })
  return { ...key, gauges: gauges.map(toGauge) }
}
