import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { App } from '../../app/app.ts'
import { listConflicts } from '../../app/connections/list-conflicts.ts'
import { listLinks } from '../../app/connections/list-links.ts'
import { showConflict } from '../../app/connections/show-conflict.ts'
import { settleConflict } from '../../app/sync/settle-conflict.ts'
import { refuse } from '../../core/errors.ts'
import { callerOf } from '../kit/face.ts'
import { readId } from '../kit/parameters.ts'
import { readLimit, readQuery, refuseParameter } from '../kit/query.ts'
import { idOf, readBody, sendJson, textOf } from './body.ts'
import { conflictsSchema, linksSchema, settleSchema } from './connection-schemas.ts'
import { leadIdOf } from './lead-routes.ts'

const LIMIT = { fallback: 50, max: 100 } as const
const SIDES = ['ours', 'theirs'] as const

/** What a company and its upstream accounts could not agree on. */
export function addConflictRoutes(instance: FastifyInstance, app: App): void {
  instance.get('/conflicts', { schema: conflictsSchema }, async (request, reply) => {
    const query = readQuery(request, ['leadId', 'state', 'cursor', 'limit'])
    const wish = {
      leadId: query.leadId === undefined ? null : readId(query.leadId, 'leadId'),
      open: readState(query.state),
      cursor: query.cursor ?? null,
      limit: readLimit(query.limit, LIMIT),
    }
    return sendJson(reply, await listConflicts(app, callerOf(request).companyId, wish))
  })

  instance.get('/leads/:id/links', { schema: linksSchema }, async (request, reply) =>
    sendJson(reply, { links: await listLinks(app, callerOf(request), leadIdOf(request)) }),
  )

  instance.post('/conflicts/:id/settle', { schema: settleSchema }, async (request, reply) => {
    const conflictId = idOf(request)
    const choice = readSide(request)
    const caller = callerOf(request)
    const conflict = await showConflict(app, caller.companyId, conflictId)
    if (conflict.settledAt !== null) refuse('conflict.settled', 'The conflict is settled already.')
    await settleConflict(app, caller, { conflictId, choice })
    return sendJson(reply, await showConflict(app, caller.companyId, conflictId))
  })
}

function readState(text: string | undefined): boolean {
  if (text === undefined || text === 'open') return true
  return text === 'settled' ? false : refuseParameter('state must be open or settled.')
}

function readSide(request: FastifyRequest): (typeof SIDES)[number] {
  const sent = textOf(readBody(request, ['choice']), 'choice')
  const rule = `{choice} must be one of ${SIDES.join(', ')}.`
  return SIDES.find((side) => side === sent) ?? refuse('field.invalid', rule, { field: 'choice' })
}
