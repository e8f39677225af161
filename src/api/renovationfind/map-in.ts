import type { FastifyRequest } from 'fastify'
import { RefusalError, refuse } from '../../core/errors.ts'
import { parseStrictJson, type StrictJsonFault } from '../../lib/strict-json.ts'
import { bytesOf } from '../kit/raw-body.ts'
import { coreNameOf, REFERRAL_WIRE_NAMES, REPORT_WIRE_NAMES } from './names.ts'

const JSON_TYPE = /^application\/(json|[\w.-]+\+json)\s*(;|$)/i

/**
 * The body as a JSON object in UTF-8; anything else is refused with the reason. Documented: `application/json`. Our
 * choice: a missing Content-Type is taken for it, another one is refused.
 */
export function readObject(request: FastifyRequest): Readonly<Record<string, unknown>> {
  const type = request.headers['content-type']
  if (type !== undefined && !JSON_TYPE.test(type)) {
    refuse('body.type-unsupported', 'The Content-Type must be application/json.')
  }
  const bytes = bytesOf(request)
  const parsed = parseStrictJson(utf8(bytes))
  if (!parsed.ok) refuse('body.invalid', faultText(parsed.fault))
  const { value } = parsed
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    refuse('body.invalid', 'The body must be a JSON object.')
  }
  return value as Readonly<Record<string, unknown>>
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

/** A status report with core names. A field that the report does not have is refused by its name. */
export function mapReport(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const input: Record<string, unknown> = {}
  for (const [wire, value] of Object.entries(body)) {
    const core = coreNameOf(wire)
    if (core === undefined) unknownField(wire, Object.values(REPORT_WIRE_NAMES))
    input[core] = value
  }
  return input
}

/** A referral request with core names. A field that it does not have is refused by its name. */
export function mapReferral(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  refuseUnknown(body, Object.values(REFERRAL_WIRE_NAMES))
  const pairs = Object.entries(REFERRAL_WIRE_NAMES).map(([core, wire]) => [core, body[wire]])
  return Object.fromEntries(pairs)
}

/** Refuses every field that is not among `known`. */
export function refuseUnknown(body: Readonly<Record<string, unknown>>, known: readonly string[]): void {
  for (const name of Object.keys(body)) {
    if (!known.includes(name)) unknownField(name, known)
  }
}

function unknownField(name: string, known: readonly string[]): never {
  const shown = JSON.stringify(name.length > 40 ? `${name.slice(0, 40)}…` : name).replace(/[{}]/g, '')
  throw new RefusalError({
    code: 'field.unknown',
    text: `There is no field ${shown}; the fields are ${known.join(', ')}.`,
    field: name,
  })
}
