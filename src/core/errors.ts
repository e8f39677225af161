import type { Lead } from './lead/lead.ts'

/**
 * Every way in which Leadwright says no. The list is closed: each face maps each code to a status of its own, and
 * docs/errors.md lists them all. Domain code never knows a status number.
 */
export const REFUSAL_CODES = [
  'request.not-found',
  'request.method-not-allowed',
  'request.id-invalid',
  'request.parameter-invalid',
  'request.header-invalid',
  'request.cross-site',
  'body.invalid',
  'body.too-large',
  'body.type-unsupported',
  'field.required',
  'field.invalid',
  'field.unknown',
  'field.read-only',
  'field.not-allowed',
  'credentials.missing',
  'credentials.invalid',
  'credentials.throttled',
  'session.ended',
  'two-factor.invalid',
  'two-factor.challenge-ended',
  'two-factor.conflict',
  'link.invalid',
  'permission.denied',
  'user.last-admin',
  'limit.reached',
  'lead.not-found',
  'lead.not-accepted',
  'lead.already-answered',
  'lead.status-final',
  'lead.value-final',
  'lead.changed-meanwhile',
  'company.changed-meanwhile',
  'webhook.changed-meanwhile',
  'connection.changed-meanwhile',
  'webhook.disabled',
  'conflict.settled',
  'connection.paused',
  'upstream.refused',
  'upstream.unavailable',
  'attachment.not-found',
  'attachment.too-large',
  'attachment.type-refused',
  'attachment.too-many',
  'attachment.empty',
  'idempotency.key-invalid',
  'idempotency.key-reused',
  'idempotency.under-way',
  'idempotency.outcome-unknown',
  'rate.exceeded',
  'server.busy',
  'server.unavailable',
  'server.error',
] as const

export type RefusalCode = (typeof REFUSAL_CODES)[number]

/**
 * A refusal as data. `text` is one sentence for the client; a core field name in braces, as in
 * "{jobAmount} must be greater than 0", is replaced by the face with its own wire name.
 */
export interface Refusal {
  readonly code: RefusalCode
  readonly text: string
  /** The core field at fault, where there is one. */
  readonly field?: string
  /** Whole seconds after which a retry can succeed. */
  readonly retryAfterSeconds?: number
  /** The lead as it is, where it is not as the client believed. */
  readonly current?: Lead
}

export function refusal(
  code: RefusalCode,
  text: string,
  extra: { field?: string; retryAfterSeconds?: number } = {},
): Refusal {
  return { code, text, ...extra }
}

/** Carries a refusal up to the face that renders it. */
export class RefusalError extends Error {
  readonly refusal: Refusal

  constructor(cause: Refusal, options?: ErrorOptions) {
    super(`${cause.code}: ${cause.text}`, options)
    this.name = 'RefusalError'
    this.refusal = cause
  }
}

/** Throws the refusal; for use cases, whose callers are faces with an error renderer. */
export function refuse(
  code: RefusalCode,
  text: string,
  extra: { field?: string; retryAfterSeconds?: number } = {},
): never {
  throw new RefusalError(refusal(code, text, extra))
}

/** Puts a face's wire names in place of the {coreField} marks of a refusal's sentence. */
export function renderText(text: string, nameOf: (field: string) => string): string {
  return text.replace(/\{(\w+)\}/g, (_, field: string) => nameOf(field))
}
