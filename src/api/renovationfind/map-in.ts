import type { FastifyRequest } from 'fastify'
import { type JsonObject, readJsonObject, refuseUnknown, unknownField } from '../kit/json-body.ts'
import { coreNameOf, REFERRAL_WIRE_NAMES, REPORT_WIRE_NAMES } from './names.ts'

/** The body as a JSON object. Documented: `application/json`. Our choice: a missing Content-Type is taken for it. */
export function readObject(request: FastifyRequest): JsonObject {
  return readJsonObject(request, { typeRequired: false })
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
