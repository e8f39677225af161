import { refuse } from '../../core/errors.ts'
import { admit, type WindowLimit } from '../../core/rate-windows.ts'
import { clientNetwork } from '../../lib/client-network.ts'
import { sha256 } from '../../lib/sha256.ts'
import { lockFailures, saveFailures } from '../../store/credentials/auth-failures.ts'
import type { LeadForm } from '../../store/lead-forms.ts'
import type { App } from '../app.ts'

/** Shorter than the time after which house-keeping forgets a counter. */
const LIMIT: WindowLimit = { name: 'client', seconds: 600, limit: 10 }

/**
 * Counts what one client's network sends through one form, or refuses it with `rate.exceeded`; a refused one is not
 * counted. Kept beside failed log-ins: both are counters of strangers, who must not be able to fill a table for ever.
 */
export async function countClient(app: App, { companyId }: LeadForm, clientAddress: string): Promise<void> {
  const subject = sha256(JSON.stringify(['form', companyId, clientNetwork(clientAddress)]))
  const now = app.clock()
  await app.db.transaction(async (tx) => {
    const [row] = await lockFailures(tx, [subject], now)
    const running = row === undefined || row.failures === 0 ? {} : windowOf(Date.parse(row.startedAt), row.failures)
    const counted = admit(running, [LIMIT], now.getTime())
    if (!counted.admitted) {
      const { retryAfterSeconds } = counted
      return refuse('rate.exceeded', 'That was sent very often; please try again later.', { retryAfterSeconds })
    }
    const [startMs, failures] = counted.state[LIMIT.name] ?? [now.getTime(), 1]
    await saveFailures(tx, [{ subject, startedAt: new Date(startMs).toISOString(), failures }])
  })
}

function windowOf(startMs: number, count: number): Readonly<Record<string, readonly [number, number]>> {
  return { [LIMIT.name]: [startMs, count] }
}
