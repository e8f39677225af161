import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Caller } from '../../app/app.ts'
import type { WriteOptions, Written } from '../../app/leads/write-lead.ts'
import type { Lead } from '../../core/lead/lead.ts'
import { expectationsOf, leadTag } from '../kit/etag.ts'
import { chargedCaller } from '../kit/face.ts'
import { idempotencyOf } from '../kit/idempotency.ts'

type Body = Readonly<Record<string, unknown>>

export interface LeadWriteCall {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly write: (caller: Caller, options: WriteOptions) => Promise<Written>
  /** The body of a success. */
  readonly show: (lead: Lead) => Body
  /** What makes two requests with the same key the same. */
  readonly parts: readonly (string | Buffer)[]
}

/**
 * Carries out a write of one lead and answers it with the ETag of its revision: after the write, or as an earlier request
 * with the same Idempotency-Key left it. If-Match is judged under the lead's lock, and not at all for a stored answer.
 */
export async function answerWrite({ request, reply, write, show, parts }: LeadWriteCall): Promise<FastifyReply> {
  // The revision is kept beside the body, for the ETag of the stored answer.
  const keep = (lead: Lead) => ({ status: 200, body: JSON.stringify({ ...show(lead), revision: lead.revision }) })
  const idempotency = idempotencyOf(request, parts, keep)
  const expectations = expectationsOf(request)
  const written = await write(chargedCaller(request), { idempotency, expectations })
  if (written.kind === 'lead') return sendTagged(reply, written.lead, show(written.lead))
  // Written by `keep`; a stored answer of before this API had ETags has no revision.
  const { revision, ...body } = JSON.parse(written.answer.body) as Body & { readonly revision?: number }
  reply.header('idempotency-replayed', 'true')
  return sendTagged(reply, revision === undefined ? null : { revision }, body)
}

/** Answers with the ETag of a lead, where that is known. */
export function sendTagged(reply: FastifyReply, tagged: Pick<Lead, 'revision'> | null, body: Body): FastifyReply {
  if (tagged !== null) reply.header('etag', leadTag(tagged))
  return reply.code(200).type('application/json; charset=utf-8').send(JSON.stringify(body))
}
