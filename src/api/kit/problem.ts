import { type Refusal, type RefusalCode, renderText } from '../../core/errors.ts'
import { type RenderedRefusal, retryHeaders } from './face.ts'

/** RFC 9457 problem details, for everything that belongs to neither wire API. */
export function renderProblem(fault: Refusal): RenderedRefusal {
  const status = statusOf(fault.code)
  const detail = renderText(fault.text, (field) => field)
  return {
    status,
    body: { type: 'about:blank', title: fault.code, status, detail },
    headers: { 'content-type': 'application/problem+json', ...retryHeaders(fault) },
  }
}

const STATUS_BY_AREA: Readonly<Record<string, number>> = { credentials: 401, permission: 403, rate: 429, server: 503 }
const STATUS_BY_CODE: { readonly [C in RefusalCode]?: number } = {
  'request.not-found': 404,
  'lead.not-found': 404,
  'attachment.not-found': 404,
  'request.method-not-allowed': 405,
  'body.too-large': 413,
  'body.type-unsupported': 415,
  'credentials.throttled': 429,
  'server.error': 500,
}

function statusOf(code: RefusalCode): number {
  return STATUS_BY_CODE[code] ?? STATUS_BY_AREA[code.split('.', 1)[0] ?? ''] ?? 400
}
