import type { App, Principal } from '../../app/app.ts'
import { openCredentials } from '../../app/connections/credentials.ts'
import { takeLinkedLead } from '../../app/sync/take-linked-lead.ts'
import type { LinkWish, Upstreams } from '../../app/sync/upstreams.ts'
import { refuse } from '../../core/errors.ts'
import { DECLINED_HERE } from '../../core/sync/renovationfind-lead.ts'
import { type Account, findAccount, keepLimit } from '../../store/sync/accounts.ts'
import { leadOfReference } from '../../store/sync/lead-history.ts'
import type { OutboundClient } from '../outbound/http-client.ts'
import { makeUpstreamCall } from '../outbound/upstream-client.ts'
import type { CallFault, Connector } from './connector.ts'
import { makeConnector } from './connectors.ts'
import { ConnectionLostError, countCalls } from './counted-call.ts'
import { faultOf, limitedUntil } from './run-end.ts'

const WAIT_MS = 12_000
/** A person waits: not as long as a run would, for the two calls that it may take. */
const TIMES = { silenceMs: WAIT_MS, callMs: WAIT_MS, listMs: WAIT_MS } as const

/** Brings leads in by their upstream ids, at the call of a request. */
export function makeLinker(app: App, client: OutboundClient): Upstreams {
  return {
    async link(caller, wish) {
      const account = await findAccount(app.db, caller.companyId, wish.connectionId)
      if (account === null) return refuse('request.not-found', 'There is no such connection.')
      try {
        return await link(app, await connect(app, client, account), { caller, account, wish })
      } catch (error) {
        if (!(error instanceof ConnectionLostError)) throw error
        return refuse('connection.paused', 'The connection is paused; enable it first.')
      }
    },
  }
}

async function connect(app: App, client: OutboundClient, account: Account): Promise<Connector> {
  const credentials = await openCredentials(app.secrets, account.companyId, account.sealed)
  const { signal } = new AbortController()
  const call = makeUpstreamCall({ client, baseUrl: account.baseUrl, signal, times: TIMES })
  return makeConnector(credentials, countCalls(app, call, { account, owner: null, onCall: () => undefined }))
}

interface Linking {
  readonly caller: Principal
  readonly account: Account
  readonly wish: LinkWish
}

async function link(app: App, connector: Connector, { caller, account, wish }: Linking): Promise<{ leadId: number }> {
  if (connector.link === undefined) {
    return refuse('field.not-allowed', 'The leads of this account come by themselves; none is linked by hand.')
  }
  await refuseDeclined(app, account, wish)
  const outcome = await connector.link(wish.upstreamId, wish.accept)
  if (outcome.kind === 'limited' && !outcome.own) await rest(app, account, outcome)
  if (outcome.kind !== 'ok') return refuseFor(outcome)
  const leadId = await takeLinkedLead(app, caller, { connectionId: account.id, linked: outcome.value })
  return { leadId }
}

/** What the upstream asks for is asked of every run and every request from now on. */
async function rest(app: App, account: Account, fault: Extract<CallFault, { kind: 'limited' }>): Promise<void> {
  const at = app.clock()
  await keepLimit(app.db, account, { until: limitedUntil(fault, at, Math.random()), error: faultOf(fault, at) })
}

/** What our own answer rules out is not asked of the upstream, which would take it for a wish. */
async function refuseDeclined(app: App, { companyId, kind }: Account, { upstreamId, accept }: LinkWish): Promise<void> {
  if (!accept) return
  const known = await leadOfReference(app.db, companyId, kind, upstreamId)
  const lead = known === null ? null : await app.reader.find(companyId, known)
  if (lead?.action === 'DECLINED') refuse('lead.already-answered', DECLINED_HERE)
}

function refuseFor(fault: CallFault): never {
  switch (fault.kind) {
    case 'refused':
    case 'missing':
      return refuse('upstream.refused', `The upstream refused: ${fault.text}`)
    case 'limited':
      return refuse('upstream.unavailable', fault.text, { retryAfterSeconds: fault.retryAfterSeconds })
    default:
      return refuse('upstream.unavailable', `The upstream could not be used: ${fault.text}`)
  }
}
