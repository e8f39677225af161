import type { FastifyRequest } from 'fastify'
import { RefusalError, refuse } from '../../core/errors.ts'
import { parseStrictJson, type StrictJsonFault } from '../../lib/strict-json.ts'
import { bytesOf } from './raw-body.ts'

export type JsonObject = Readonly<Record<string, unknown>>

const JSON_TYPE = /^application\/(json|[\w.-]+\+json)\s*(;|$)/i

/**
 * The body as a JSON object in UTF-8; anything else is refused with the reason. A Content-Type other than JSON is
 * refused; `typeRequired` refuses a missing one, too: the page of another site can send that without being asked first.
 */
export function readJsonObject(request: FastifyRequest, { typeRequired }: { typeRequired: boolean }): JsonObject {
  const type = request.headers['content-type']
  if (type === undefined ? typeRequired : !JSON_TYPE.test(type)) {
    refuse('body.type-unsupported', 'The Content-Type must be application/json.')
  }
  const parsed = parseStrictJson(utf8(bytesOf(request)))
  if (!parsed.ok) refuse('body.invalid', faultText(parsed.fault))
  const { value } = parsed
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse('body.invalid', 'The body must be a JSON object.')
  }
  return value as JsonObject
}

const UTF8 = new TextDecoder('utf-8', { fatal: true })

function utf8(bytes: Buffer): string {
  try {
    return UTF8.decode(bytes)
  } catch {
    refuse('body.invalid', 'The body must be UTF-8.')
  }
}

function faultText(fault: StrictJsonFault): string {
  switch (fault.kind) {
    case 'empty':
      return 'The body is empty; a JSON object is required.'
    case 'syntax':
      return `The body is not valid JSON: ${fault.message}`
    case 'duplicate-key':
      return 'The body names the same field twice.'
    case 'forbidden-key':
      return 'The body has a field whose name is not allowed.'
    case 'too-deep':
      return `The body is nested deeper than ${fault.depthMax} levels.`
  }
}

/** Refuses every field that is not among `known`. */
export function refuseUnknown(body: JsonObject, known: readonly string[]): void {
  for (const name of Object.keys(body)) {
    if (!known.includes(name)) unknownField(name, known)
  }
}

/** Refuses a field by its name. */
export function unknownField(name: string, known: readonly string[]): never {
  const shown = JSON.stringify(name.length > 40 ? `${name.slice(0, 40)}…` : name).replace(/[{}]/g, '')
  throw new RefusalError({
    code: 'field.unknown',
    text: `There is no field ${shown}; the fields are ${known.join(', ')}.`,
    field: name,
  })
}
