import { type Refusal, type RefusalCode, renderText } from '../../core/errors.ts'
import { type RenderedRefusal, retryHeaders } from './face.ts'

/** RFC 9457 problem details, for everything that belongs to neither wire API. */
export function renderProblem(fault: Refusal): RenderedRefusal {
  const status = statusOf(fault.code)
  const detail = renderText(fault.text, (field) => field)
  const { code, field, retryAfterSeconds } = fault
  return {
    status,
    body: {
      type: 'about:blank',
      title: code,
      status,
      detail,
      code,
      ...(field === undefined ? {} : { field }),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    },
    headers: { 'content-type': 'application/problem+json', ...retryHeaders(fault) },
  }
}

const STATUS_BY_AREA: Readonly<Record<string, number>> = {
  credentials: 401,
  session: 401,
  permission: 403,
  link: 404,
  user: 409,
  limit: 409,
  conflict: 409,
  connection: 409,
  webhook: 409,
  upstream: 409,
  rate: 429,
  server: 503,
}
const STATUS_BY_CODE: { readonly [C in RefusalCode]?: number } = {
  'two-factor.invalid': 401,
  'two-factor.challenge-ended': 401,
  'request.cross-site': 403,
  'request.not-found': 404,
  'lead.not-found': 404,
  'attachment.not-found': 404,
  'request.method-not-allowed': 405,
  'lead.not-accepted': 409,
  'lead.already-answered': 409,
  'lead.status-final': 409,
  'lead.value-final': 409,
  'attachment.too-many': 409,
  'two-factor.conflict': 409,
  'idempotency.under-way': 409,
  'idempotency.outcome-unknown': 409,
  'lead.changed-meanwhile': 412,
  'company.changed-meanwhile': 412,
  'webhook.changed-meanwhile': 412,
  'connection.changed-meanwhile': 412,
  'body.too-large': 413,
  'attachment.too-large': 413,
  'body.type-unsupported': 415,
  'attachment.type-refused': 415,
  'idempotency.key-reused': 422,
  'credentials.throttled': 429,
  'server.error': 500,
  'upstream.unavailable': 503,
}

function statusOf(code: RefusalCode): number {
  return STATUS_BY_CODE[code] ?? STATUS_BY_AREA[code.split('.', 1)[0] ?? ''] ?? 400
}
