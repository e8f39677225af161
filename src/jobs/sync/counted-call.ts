import type { App } from '../../app/app.ts'
import { parseLimits } from '../../core/rate-windows.ts'
import type { Account } from '../../store/sync/accounts.ts'
import { type AccountRests, countUpstreamCall } from '../../store/sync/call-counts.ts'
import type { CallFault, UpstreamCall } from './connector.ts'

/** The connection was paused, changed hands or was taken away while something called in its name. */
export class ConnectionLostError extends Error {
  constructor() {
    super('The connection is no longer ours to call with.')
    this.name = 'ConnectionLostError'
  }
}

export interface Counting {
  readonly account: Pick<Account, 'companyId' | 'id' | 'limits'>
  /** Who must hold the connection; null: a request that calls once, beside whatever run there is, unless it rests. */
  readonly owner: string | null
  readonly onCall: () => void
}

/** Counts each call against our own count of the account's windows before it is made; a full one is not made. */
export function countCalls(app: App, call: UpstreamCall, { account, owner, onCall }: Counting): UpstreamCall {
  const limits = parseLimits(account.limits) ?? []
  return async (request) => {
    const { companyId, id } = account
    const purpose = request.method === 'GET' ? 'pull' : 'push'
    const nowMs = app.clock().getTime()
    const taken = await countUpstreamCall(app.db, { companyId, id, owner, purpose, limits, nowMs })
    if (taken === null) throw new ConnectionLostError()
    if (!taken.taken) return 'rests' in taken ? resting(taken, nowMs) : full(taken)
    onCall()
    return call(request)
  }
}

const WHY = {
  limited: 'it takes no more calls before that',
  broken: 'it failed when it was called last, and is tried before that only when the connection is run by hand',
} as const

function resting({ rests, untilMs }: AccountRests, nowMs: number) {
  const retryAfterSeconds = Math.ceil((untilMs - nowMs) / 1000)
  const text = `This account is left alone until ${new Date(untilMs).toISOString()}: ${WHY[rests]}.`
  return { kind: 'limited', retryAfterSeconds, own: true, text } as const satisfies CallFault
}

function full({ window, retryAfterSeconds }: { window: { name: string; limit: number }; retryAfterSeconds: number }) {
  const text = `The ${window.limit} calls per ${window.name} of this account are nearly used up; the next in ${retryAfterSeconds} seconds.`
  return { kind: 'limited', retryAfterSeconds, own: true, text } as const satisfies CallFault
}
