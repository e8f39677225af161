import type { FastifyRequest } from 'fastify'
import type { Expectation } from '../../app/leads/write-lead.ts'
import { refusal, refuse } from '../../core/errors.ts'
import type { Lead } from '../../core/lead/lead.ts'
import { sha256 } from '../../lib/sha256.ts'

/** The strong entity tag of a lead: its revision. */
export function leadTag({ revision }: Pick<Lead, 'revision'>): string {
  return `"${revision}"`
}

/** The strong entity tag of something else that counts its changes. */
export function versionTag({ version }: { readonly version: number }): string {
  return `"${version}"`
}

/** The strong entity tag of a body that has no revision. */
export function bodyTag(body: unknown): string {
  return `"${sha256(JSON.stringify(body)).toString('base64url')}"`
}

/** If-None-Match compares weakly (RFC 9110): W/ before a tag makes no difference. */
export function matchesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  return header.trim() === '*' || header.split(',').some((one) => one.trim().replace(/^W\//, '') === tag)
}

const STRONG_TAGS = /^"[\x21\x23-\x7e]*"(?:[ \t]*,[ \t]*"[\x21\x23-\x7e]*")*$/

/**
 * The strong tags that the request's If-Match names; null for `*`, and without the header. A weak tag can promise nothing
 * (RFC 9110) and is refused, as is whatever is no list of tags.
 */
export function readIfMatch(request: FastifyRequest): readonly string[] | null {
  const header = request.headers['if-match']?.trim()
  if (header === undefined || header === '*') return null
  if (!STRONG_TAGS.test(header)) {
    refuse('request.header-invalid', 'If-Match must be *, or strong tags such as "17" as an answer gave them in ETag.')
  }
  return header.split(',').map((tag) => tag.trim())
}

/** What the request's If-Match expects of the lead; see `readIfMatch`. */
export function expectationsOf(request: FastifyRequest): readonly Expectation[] {
  const tags = readIfMatch(request)
  if (tags === null) return []
  const changed = refusal('lead.changed-meanwhile', 'The lead was changed meanwhile; look at it as it is now.')
  return [{ holds: (lead) => tags.includes(leadTag(lead)), refusal: changed }]
}

/** Refuses If-Match where there is no one lead that it could speak of: passed over, it would protect nothing. */
export function refuseIfMatch(request: FastifyRequest): void {
  if (request.headers['if-match'] !== undefined) {
    refuse('request.header-invalid', 'This operation takes no If-Match.')
  }
}
