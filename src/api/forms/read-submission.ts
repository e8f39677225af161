import type { FastifyRequest } from 'fastify'
import { refuse } from '../../core/errors.ts'
import { FORM_FIELDS } from '../../core/lead-form.ts'
import { readJsonObject, refuseUnknown } from '../kit/json-body.ts'
import { bytesOf } from '../kit/raw-body.ts'
import { STAMP_FIELD, TRAP_FIELD } from './pages.ts'

export interface Sent {
  /** Each field as it came; a field of a page is a text, one of JSON may be anything. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly stamp: string
  /** Whether the field was filled in that people do not see. */
  readonly isTrapped: boolean
}

const KNOWN = [...FORM_FIELDS, STAMP_FIELD, TRAP_FIELD]
const FORM_TYPE = /^application\/x-www-form-urlencoded\s*(;|$)/i

/** Whether the client is a program that speaks JSON: it sends some, or asks for it and not for a page. */
export function speaksJson(request: FastifyRequest): boolean {
  const { accept = '', 'content-type': type = '' } = request.headers
  return (
    /^application\/json\b/i.test(type) || (/\bapplication\/json\b/i.test(accept) && !/\btext\/html\b/i.test(accept))
  )
}

/** What a form's page sends (URL-encoded), or a program (JSON); other types are refused. */
export function readSubmission(request: FastifyRequest): Sent {
  const type = request.headers['content-type'] ?? ''
  const fields = FORM_TYPE.test(type) ? readFields(bytesOf(request)) : readJson(request)
  const { [STAMP_FIELD]: stamp, [TRAP_FIELD]: trap } = fields
  return {
    fields,
    stamp: typeof stamp === 'string' ? stamp : '',
    isTrapped: trap !== undefined && trap !== null && trap !== '',
  }
}

/** A field that is sent twice counts once, as first sent: no page of ours does that. */
function readFields(bytes: Buffer): Record<string, string> {
  const fields: Record<string, string> = {}
  const sent = new URLSearchParams(bytes.toString('utf8'))
  for (const name of KNOWN) {
    const value = sent.get(name)
    if (value !== null) fields[name] = value
  }
  return fields
}

function readJson(request: FastifyRequest): Readonly<Record<string, unknown>> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    refuse('body.type-unsupported', 'A form is sent as application/x-www-form-urlencoded or application/json.')
  }
  const body = readJsonObject(request, { typeRequired: true })
  refuseUnknown(body, KNOWN)
  return body
}
