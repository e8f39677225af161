import type { FastifyReply, FastifyRequest } from 'fastify'
import { refuse } from '../../core/errors.ts'
import { type JsonObject, readJsonObject, refuseUnknown } from '../kit/json-body.ts'
import { readId } from '../kit/parameters.ts'

/** A JSON body with no other fields than these. */
export function readBody(request: FastifyRequest, known: readonly string[]): JsonObject {
  const body = readJsonObject(request, { typeRequired: true })
  refuseUnknown(body, known)
  return body
}

/** A text that must be there; what makes it a good one is checked further in. */
export function textOf(body: JsonObject, field: string): string {
  const value = body[field]
  if (value === undefined || value === null) refuse('field.required', `{${field}} is required.`, { field })
  if (typeof value !== 'string') refuse('field.invalid', `{${field}} must be text.`, { field })
  return value
}

/** A text, or undefined when the field is absent. */
export function findText(body: JsonObject, field: string): string | undefined {
  return body[field] === undefined ? undefined : textOf(body, field)
}

/** True or false, or undefined when the field is absent. */
export function findFlag(body: JsonObject, field: string): boolean | undefined {
  const value = body[field]
  if (value === undefined || typeof value === 'boolean') return value
  refuse('field.invalid', `{${field}} must be true or false.`, { field })
}

export function sendJson(reply: FastifyReply, value: unknown, status = 200): FastifyReply {
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify(value))
}

/** The id in the path. */
export function idOf(request: FastifyRequest): number {
  return readId((request.params as { id: string }).id, 'id')
}
