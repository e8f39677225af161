import type { FastifyRequest } from 'fastify'
import type { Expectation } from '../../app/leads/write-lead.ts'
import { refusal, refuse } from '../../core/errors.ts'
import type { Lead } from '../../core/lead/lead.ts'

/** The strong entity tag of a lead: its revision. */
export function leadTag({ revision }: Pick<Lead, 'revision'>): string {
  return `"${revision}"`
}

/** If-None-Match compares weakly (RFC 9110): W/ before a tag makes no difference. */
export function matchesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  return header.trim() === '*' || header.split(',').some((one) => one.trim().replace(/^W\//, '') === tag)
}

const STRONG_TAGS = /^"[\x21\x23-\x7e]*"(?:[ \t]*,[ \t]*"[\x21\x23-\x7e]*")*$/

/**
 * What the request's If-Match expects of the lead: `*`, or one of a list of strong tags. Nothing without the header. A
 * weak tag can promise nothing (RFC 9110) and is refused, as is whatever is no list of tags.
 */
export function expectationsOf(request: FastifyRequest): readonly Expectation[] {
  const header = request.headers['if-match']?.trim()
  if (header === undefined || header === '*') return []
  if (!STRONG_TAGS.test(header)) {
    refuse('request.header-invalid', 'If-Match must be *, or strong tags such as "17" as an answer gave them in ETag.')
  }
  const tags = header.split(',').map((tag) => tag.trim())
  const changed = refusal('lead.changed-meanwhile', 'The lead was changed meanwhile; look at it as it is now.')
  return [{ holds: (lead) => tags.includes(leadTag(lead)), refusal: changed }]
}

/** Refuses If-Match where there is no one lead that it could speak of: passed over, it would protect nothing. */
export function refuseIfMatch(request: FastifyRequest): void {
  if (request.headers['if-match'] !== undefined) {
    refuse('request.header-invalid', 'This operation takes no If-Match.')
  }
}
