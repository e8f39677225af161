import type { FastifySchema } from 'fastify'
import { type TProperties, type TSchema, Type } from 'typebox'
import { Problem } from './contract/company.ts'
import { LeadConflict } from './contract/leads.ts'
import { Id } from './contract/parts.ts'

/*
 * How the routes of this API describe themselves: the schemas make the OpenAPI document and check nothing, values are
 * checked by the core's tables.
 */

const PROBLEMS = {
  400: 'A parameter, a header, the body or a field of it is not right; `field` names it.',
  401: 'No valid bearer token or session.',
  403: 'The credentials do not allow this.',
  404: 'There is no such thing, or it is another company’s.',
  409: 'The lead is in a state that does not allow this.',
  412: 'The lead has another revision than If-Match names; `current` is the lead as it is.',
  413: 'The body or a file is too large.',
  415: 'The Content-Type, or the kind of a file, is not accepted.',
  422: 'The Idempotency-Key was used with another request.',
  429: 'Too many attempts; try again after Retry-After seconds.',
  503: 'The store cannot work at the moment; try again after Retry-After seconds.',
} as const
export type ProblemStatus = keyof typeof PROBLEMS

/** The answers of an operation that goes wrong: 401 and 503, and its own. */
export function problems(...own: readonly ProblemStatus[]): Record<number, TSchema> {
  const statuses = [...new Set<ProblemStatus>([...own, 401, 503])].sort()
  return Object.fromEntries(
    statuses.map((status) => [status, problem(PROBLEMS[status], status === 412 ? LeadConflict : Problem)]),
  )
}

/** One answer of an operation that goes wrong, in words of its own. */
export function problem(description: string, schema: TSchema = Problem): TSchema {
  return { description, content: { 'application/problem+json': { schema } } } as unknown as TSchema
}

/** An operation under this API's tag. */
export function operation(summary: string, description: string, rest: FastifySchema): FastifySchema {
  const security = [{ leadwrightToken: [] }, { leadwrightSession: [] }]
  return { tags: ['Leadwright'], security, summary, description, ...rest }
}

/** As `operation`, for people only: a bearer token may not. */
export function personOperation(summary: string, description: string, rest: FastifySchema): FastifySchema {
  return operation(summary, description, { security: [{ leadwrightSession: [] }], ...rest })
}

const IF_MATCH = Type.Optional(
  Type.String({ description: 'The ETag of the lead as the client knows it, or *.', examples: ['"17"'] }),
)
const KEY = Type.Optional(
  Type.String({
    minLength: 1,
    maxLength: 255,
    description: 'The same key with the same request gives the stored answer.',
  }),
)
/** Headers of a write; one of a lead that is there takes If-Match, too. */
export const KEY_HEADER = Type.Object({ 'Idempotency-Key': KEY })
export const WRITE_HEADERS = Type.Object({ 'If-Match': IF_MATCH, 'Idempotency-Key': KEY })

export const LEAD_PARAMS = Type.Object({ id: described(Id, 'Id of the lead.') })
export const ATTACHMENT_PARAMS = Type.Object({
  id: described(Id, 'Id of the lead.'),
  attachmentId: described(Id, 'Id of the attachment.'),
})

function described<T extends TSchema>(schema: T, description: string): T {
  return { ...schema, description }
}

/** A success with its body and, where it shows one lead, the ETag. */
export function success(description: string, schema: TSchema, headers: TProperties = {}): TSchema {
  return { description, headers, content: { 'application/json': { schema } } } as unknown as TSchema
}

export const ETAG_HEADER = { ETag: Type.String({ description: 'The revision of the lead.', examples: ['"17"'] }) }
