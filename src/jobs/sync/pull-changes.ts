import type { ChangesState } from '../../store/sync/accounts.ts'
import type { CallFault, ChangedPage, Outcome } from './connector.ts'
import { syncListed } from './pull-leads.ts'
import type { Run } from './run.ts'

/** A change there may become visible after others of a later time, but no later than the store lets a statement run. */
const OVERLAP_MS = 30_000
/** Before a connection is made there are no links; the two clocks may differ. */
const BEFORE_CREATION_MS = 86_400_000
/** So many go into one run; the next goes on behind them. */
const PAGES_MAX = 1000
/** A service that does not tell its changes may be another one after an update. */
const ASK_AGAIN_MS = 6 * 3_600_000

/**
 * Looks at the linked leads that changed there, where the upstream tells, page by page in the order of the changes. Gives
 * what is known of it afterwards; null: as it was.
 */
export async function pullChanges(run: Run): Promise<ChangesState | null> {
  const { account, connector } = run
  const isDue = account.askChangesAt === null || Date.parse(account.askChangesAt) <= run.app.clock().getTime()
  if (connector.changes === undefined || !(account.tellsChanges || isDue)) return null
  const since = account.changesSince ?? earlier(account.createdAt, BEFORE_CREATION_MS)
  let known: ChangesState | null = null
  let untilMs = Number.POSITIVE_INFINITY
  let cursor: string | null = null
  for (let pages = 1; pages <= PAGES_MAX; pages += 1) {
    const page: Outcome<ChangedPage | null> = await connector.changes(since, cursor)
    if (page.kind !== 'ok' || page.value === null) {
      const without = untold(run, page.kind === 'ok' ? UNTOLD : page)
      return known ?? without
    }
    run.noted(page)
    run.isTold = true
    await syncListed(run, new Map(page.value.leads.map((lead) => [lead.id, lead])))
    // What could not be looked at is told again.
    if (run.isStopped) return known ?? { since: account.changesSince, isTold: true, askAt: null }
    untilMs = Math.min(untilMs, Date.parse(page.value.answeredAt) - OVERLAP_MS)
    known = { since: placeAfter(page.value, untilMs), isTold: true, askAt: null }
    cursor = page.value.cursor
    if (cursor === null) break
  }
  return known
}

/** Up to the last change of the page, but no further than where others may still come. */
function placeAfter({ leads, cursor }: ChangedPage, untilMs: number): string {
  const last = cursor === null ? null : (leads.at(-1)?.modifiedAt ?? null)
  return new Date(last === null ? untilMs : Math.min(untilMs, Date.parse(last))).toISOString()
}

const UNTOLD: CallFault = {
  kind: 'away',
  cause: 'not-understood',
  unsent: false,
  text: 'It no longer tells what changes there, or not in the form in which it did.',
}

/**
 * What a failure means. Of a service that tells its changes it is one, as of a list; another one has none to tell, and that
 * is no fault. Only a line that is down, or a window that is full, says nothing about it.
 */
function untold(run: Run, fault: CallFault): ChangesState | null {
  const { account } = run
  const isSkipped = fault.kind === 'limited' && fault.own && account.askChangesAt !== null
  if (!run.isTold && !account.tellsChanges && isSkipped) return null
  if (run.isTold || account.tellsChanges || isPassing(fault)) {
    run.stop(fault)
    return null
  }
  return { since: account.changesSince, isTold: false, askAt: new Date(run.app.clock().getTime() + ASK_AGAIN_MS) }
}

function isPassing(fault: CallFault): boolean {
  if (fault.kind !== 'away') return fault.kind === 'limited'
  return ['unreachable', 'timeout', 'cut', 'address-refused'].includes(fault.cause)
}

function earlier(at: string, ms: number): string {
  return new Date(Date.parse(at) - ms).toISOString()
}
