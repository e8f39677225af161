export type OutboundFault =
  | 'address-refused'
  | 'name-not-found'
  | 'connection-refused'
  | 'unreachable'
  | 'certificate'
  | 'timeout'
  | 'broken'
  | 'too-long'
  | 'aborted'

const TEXTS: Readonly<Record<OutboundFault, string>> = {
  'address-refused': 'The address leads into a private network, which is not allowed here.',
  'name-not-found': 'The name of the host cannot be resolved.',
  'connection-refused': 'The host refuses the connection.',
  unreachable: 'The host cannot be reached.',
  certificate: 'The certificate of the host is not valid.',
  timeout: 'No whole answer came in time.',
  broken: 'The connection broke, or what came is not HTTP.',
  'too-long': 'The answer is too long.',
  aborted: 'The call was given up.',
}

/** Why a call brought no answer, or no whole one; the message is fit to be shown to an office. */
export class OutboundError extends Error {
  readonly fault: OutboundFault

  constructor(fault: OutboundFault, options?: ErrorOptions) {
    super(TEXTS[fault], options)
    this.name = 'OutboundError'
    this.fault = fault
  }
}

const FAULTS: Readonly<Record<string, OutboundFault>> = {
  ENOTFOUND: 'name-not-found',
  EAI_AGAIN: 'name-not-found',
  ECONNREFUSED: 'connection-refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
}
const CERTIFICATE = /CERT|^ERR_TLS|^UNABLE_TO_|SELF_SIGNED/

/** What the HTTP client threw, as one of the faults above. */
export function outboundError(cause: unknown): OutboundError {
  if (cause instanceof OutboundError) return cause
  for (const one of causesOf(cause)) {
    if (one instanceof OutboundError) return one
    const code = codeOf(one)
    const fault = CERTIFICATE.test(code) ? 'certificate' : FAULTS[code]
    if (fault !== undefined) return new OutboundError(fault, { cause })
  }
  return new OutboundError('broken', { cause })
}

/** The error, those that it gathers, and what caused them. */
function causesOf(error: unknown): unknown[] {
  if (!(error instanceof Error)) return []
  const gathered = error instanceof AggregateError ? error.errors.flatMap(causesOf) : []
  return [error, ...gathered, ...causesOf(error.cause)]
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
