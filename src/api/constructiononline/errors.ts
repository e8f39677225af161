import { type Refusal, type RefusalCode, renderText } from '../../core/errors.ts'
import { type RenderedRefusal, retryHeaders } from '../kit/face.ts'
import { STATUS_NAMES } from './lead-status.ts'
import { propertyNameOf } from './properties.ts'

export const CHALLENGE = 'Basic realm="ConstructionOnline", charset="UTF-8"'

/** The core names its own status there, which a program of this API has never seen. */
const OWN_TEXTS: { readonly [C in RefusalCode]?: string } = {
  'lead.status-final': `The lead is ${STATUS_NAMES.won}: {status} can no longer change.`,
  'lead.value-final': `The lead is ${STATUS_NAMES.won}: {value} can no longer change.`,
}

/**
 * `{"Message": "<sentence>"}`: our choice, after the platform that the API looks like. Documented are 404, 429 and 500,
 * and that a 429 names the limit and the wait; the other codes are our choice.
 */
export function renderRefusal(fault: Refusal): RenderedRefusal {
  const status = statusOf(fault.code)
  const headers: Record<string, string> = { ...retryHeaders(fault) }
  if (status === 401) headers['www-authenticate'] = CHALLENGE
  return { status, body: { Message: renderText(OWN_TEXTS[fault.code] ?? fault.text, propertyNameOf) }, headers }
}

function statusOf(code: RefusalCode): number {
  switch (code) {
    case 'request.id-invalid':
    case 'request.parameter-invalid':
    case 'request.header-invalid':
    case 'body.invalid':
    // Bodies are read by their bytes here, so that a Content-Type alone is never a reason.
    case 'body.type-unsupported':
    case 'field.required':
    case 'field.invalid':
    case 'field.unknown':
    case 'field.read-only':
    case 'field.not-allowed':
    case 'attachment.empty':
    case 'attachment.type-refused':
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
    // By If-Unmodified-Since.
    case 'lead.changed-meanwhile':
    case 'company.changed-meanwhile':
    case 'webhook.changed-meanwhile':
    case 'connection.changed-meanwhile':
      return 412
    case 'body.too-large':
    case 'attachment.too-large':
      return 413
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
