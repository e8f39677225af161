import { type Refusal, type RefusalCode, renderText } from '../../core/errors.ts'
import { type RenderedRefusal, retryHeaders } from '../kit/face.ts'
import { wireNameOf } from './names.ts'

/**
 * `{success: false, error: "<text>"}`: documented on the manager API, assumed for the vendor API. The status codes are
 * our choice, as no page names one but 429.
 */
export function renderRefusal(fault: Refusal): RenderedRefusal {
  const body = { success: false, error: renderText(fault.text, wireNameOf) }
  const status = statusOf(fault.code)
  const challenge: Record<string, string> =
    status === 401 ? { 'www-authenticate': 'Bearer realm="RenovationFind"' } : {}
  return { status, body, headers: { ...challenge, ...retryHeaders(fault) } }
}

function statusOf(code: RefusalCode): number {
  switch (code) {
    case 'request.id-invalid':
    case 'request.parameter-invalid':
    case 'request.header-invalid':
    case 'body.invalid':
    case 'field.required':
    case 'field.invalid':
    case 'field.unknown':
    case 'field.read-only':
    case 'field.not-allowed':
    case 'attachment.empty':
    case 'idempotency.key-invalid':
      return 400
    case 'credentials.missing':
    case 'credentials.invalid':
    case 'session.ended':
    case 'two-factor.invalid':
    case 'two-factor.challenge-ended':
      return 401
    case 'permission.denied':
    case 'request.cross-site':
      return 403
    case 'request.not-found':
    case 'link.invalid':
    case 'lead.not-found':
    case 'attachment.not-found':
      return 404
    case 'request.method-not-allowed':
      return 405
    case 'lead.not-accepted':
    case 'lead.already-answered':
    case 'lead.status-final':
    case 'lead.value-final':
    case 'attachment.too-many':
    case 'two-factor.conflict':
    case 'user.last-admin':
    case 'limit.reached':
    case 'webhook.disabled':
    case 'conflict.settled':
    case 'idempotency.under-way':
    case 'idempotency.outcome-unknown':
    case 'connection.paused':
    case 'upstream.refused':
      return 409
    case 'lead.changed-meanwhile':
    case 'company.changed-meanwhile':
    case 'webhook.changed-meanwhile':
    case 'connection.changed-meanwhile':
      return 412
    case 'body.too-large':
    case 'attachment.too-large':
      return 413
    case 'body.type-unsupported':
    case 'attachment.type-refused':
      return 415
    case 'idempotency.key-reused':
      return 422
    case 'credentials.throttled':
    case 'rate.exceeded':
      return 429
    case 'server.error':
      return 500
    case 'server.busy':
    case 'server.unavailable':
    case 'upstream.unavailable':
      return 503
  }
}
