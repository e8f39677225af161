import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type AttemptPage, type AttemptPageWish, listAttempts } from '../../app/webhooks/list-attempts.ts'
import { showAttempt } from '../../app/webhooks/show-attempt.ts'
import { ATTEMPT_OUTCOMES, WEBHOOK_EVENTS, WEBHOOK_TEST } from '../../core/webhooks/events.ts'
import { callerOf } from '../kit/face.ts'
import { readId } from '../kit/parameters.ts'
import { readLimit, readQuery, refuseParameter } from '../kit/query.ts'
import { idOf, sendJson } from './body.ts'
import type { NativeOptions } from './options.ts'
import { ATTEMPT_LIMIT, attemptSchema, attemptsSchema } from './webhook-schemas.ts'

const SETTINGS = { access: 'settings' } as const
const MESSAGE_TYPES = [...WEBHOOK_EVENTS, WEBHOOK_TEST] as const

/** The log of calls to an endpoint. */
export function addAttemptRoutes(instance: FastifyInstance, { app }: NativeOptions): void {
  const attempts = '/webhook-endpoints/:id/attempts'
  instance.get(attempts, { config: SETTINGS, schema: attemptsSchema }, async (request, reply) => {
    const key = { companyId: callerOf(request).companyId, endpointId: idOf(request) }
    const { cursor, limit, ...words } = readQuery(request, ['outcome', 'event', 'leadId', 'cursor', 'limit'])
    const page = await listAttempts(app, key, {
      filter: readFilter(words),
      cursor: cursor ?? null,
      limit: readLimit(limit, ATTEMPT_LIMIT),
    })
    return sendJson(reply, { ...page, attempts: page.attempts.map(toAttempt) })
  })

  instance.get(`${attempts}/:attemptId`, { config: SETTINGS, schema: attemptSchema }, async (request, reply) => {
    const key = { companyId: callerOf(request).companyId, endpointId: idOf(request) }
    return sendJson(reply, toAttempt(await showAttempt(app, key, attemptIdOf(request))))
  })
}

function attemptIdOf(request: FastifyRequest): number {
  return readId((request.params as { attemptId: string }).attemptId, 'attemptId')
}

interface FilterWords {
  readonly outcome?: string
  readonly event?: string
  readonly leadId?: string
}

function readFilter({ outcome, event, leadId }: FilterWords): AttemptPageWish['filter'] {
  return {
    outcomes: outcome === undefined ? null : [...new Set(outcome.split(',').map(readOutcome))].sort(),
    event: event === undefined ? null : wordOf(event, MESSAGE_TYPES, 'event'),
    leadId: leadId === undefined ? null : readId(leadId, 'leadId'),
  }
}

function readOutcome(text: string) {
  return wordOf(text, ATTEMPT_OUTCOMES, 'outcome')
}

function wordOf<W extends string>(text: string, words: readonly W[], name: string): W {
  const word = words.find((candidate) => candidate === text)
  return word ?? refuseParameter(`${name} must be one of ${words.join(', ')}.`)
}

/** A message of no lead names none. */
function toAttempt<A extends AttemptPage['attempts'][number]>({ leadId, revision, ...attempt }: A) {
  const ofLead = leadId > 0
  return { ...attempt, leadId: ofLead ? leadId : null, revision: ofLead ? revision : null }
}
