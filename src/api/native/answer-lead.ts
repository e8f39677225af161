import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App, Caller } from '../../app/app.ts'
import { nameAssignees } from '../../app/leads/name-assignees.ts'
import type { WriteOptions, Written } from '../../app/leads/write-lead.ts'
import { RefusalError } from '../../core/errors.ts'
import type { Lead } from '../../core/lead/lead.ts'
import { expectationsOf, leadTag } from '../kit/etag.ts'
import { callerOf, chargedCaller, sendRefusal } from '../kit/face.ts'
import { idempotencyOf } from '../kit/idempotency.ts'
import { renderProblem } from '../kit/problem.ts'
import { bytesOf } from '../kit/raw-body.ts'
import { NO_NAMES, type ShownLead, toLead } from './map-out.ts'

export interface LeadWriteCall {
  readonly app: App
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly write: (caller: Caller, options: WriteOptions) => Promise<Written>
  /** Of a success; 200 when absent. */
  readonly status?: number
  /** What makes two requests with the same key the same; the body's bytes when absent. */
  readonly parts?: readonly (string | Buffer)[]
}

/**
 * Carries out a write of one lead and answers the lead: after the write, or as an earlier request with the same
 * Idempotency-Key left it. If-Match is judged under the lead's lock; when it fails, the answer is 412 with the lead as
 * it is, under `current`.
 */
export async function answerWrite(call: LeadWriteCall): Promise<FastifyReply> {
  const { app, request, reply, status = 200 } = call
  const present = (lead: Lead) => ({ status, body: JSON.stringify(toLead(lead, now(app), NO_NAMES)) })
  const idempotency = idempotencyOf(request, call.parts ?? [bytesOf(request)], present)
  const expectations = expectationsOf(request)
  try {
    const written = await call.write(chargedCaller(request), { idempotency, expectations })
    if (written.kind === 'lead') return await sendLead({ app, request, reply, status }, written.lead)
    reply.header('idempotency-replayed', 'true')
    // Stored by `present`.
    const shown = JSON.parse(written.answer.body) as ShownLead
    return await sendShown({ app, request, reply, status: written.answer.status }, shown)
  } catch (error) {
    if (!(error instanceof RefusalError) || error.refusal.current === undefined) throw error
    const current = await named({ app, request }, toLead(error.refusal.current, now(app), NO_NAMES))
    const problem = renderProblem(error.refusal)
    return sendRefusal(reply, { ...problem, body: { ...(problem.body as object), current } })
  }
}

export interface LeadAnswer {
  readonly app: App
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly status: number
}

/** Answers a lead with the ETag of its revision. */
export function sendLead(answer: LeadAnswer, lead: Lead): Promise<FastifyReply> {
  return sendShown(answer, toLead(lead, now(answer.app), NO_NAMES))
}

async function sendShown(answer: LeadAnswer, shown: ShownLead): Promise<FastifyReply> {
  const body = JSON.stringify(await named(answer, shown))
  const { reply, status } = answer
  return reply.code(status).header('etag', leadTag(shown)).type('application/json; charset=utf-8').send(body)
}

/** Names the assignee last, outside of the write: a stored answer keeps the id, and shows the name of today. */
async function named({ app, request }: Pick<LeadAnswer, 'app' | 'request'>, shown: ShownLead): Promise<ShownLead> {
  const { assignee } = shown
  if (assignee === null) return shown
  const names = await nameAssignees(app, callerOf(request).companyId, [assignee.id])
  return { ...shown, assignee: { id: assignee.id, name: names.get(assignee.id) ?? '' } }
}

function now(app: App): string {
  return app.clock().toISOString()
}
