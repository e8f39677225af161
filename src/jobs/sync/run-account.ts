import type { ChangesState } from '../../store/sync/accounts.ts'
import { createThere, settleUnsure } from './create-there.ts'
import { pullChanges } from './pull-changes.ts'
import { createHere, type Listed, markUnlisted, syncChanged, syncListed } from './pull-leads.ts'
import type { Run } from './run.ts'

/** What a run has seen to its end. */
export interface Ran {
  /** The whole list came in and everything in it is here. */
  readonly isListed: boolean
  /** All leads made here were looked at. */
  readonly isLooked: boolean
  /** Nothing waits for a second look. */
  readonly isSettled: boolean
  /** What was found out about changes there; null: as it was. */
  readonly changes: ChangesState | null
}

/**
 * One look at an account: what it lists or tells of changes, then what changed here. With a list everything is compared
 * with what was just read; without one, with what was told or known last.
 */
export async function runAccount(run: Run): Promise<Ran> {
  if (run.connector.pull === undefined) {
    const changes = await pullChanges(run)
    await syncChanged(run)
    return { isListed: !run.isStopped, isLooked: true, isSettled: true, changes }
  }
  run.isTold = true
  const pulled = run.noted(await run.connector.pull())
  if (pulled.kind !== 'ok') {
    // A list that is refused or missing is no list: nothing of the account can be compared.
    run.stop(pulled)
    return { isListed: false, isLooked: false, isSettled: true, changes: null }
  }
  const listed: Listed = new Map(pulled.value.map((lead) => [lead.id, lead]))
  const unlinked = await syncListed(run, listed)
  await markUnlisted(run, listed)
  const ours = await settleUnsure(run, listed, unlinked)
  await createHere(
    run,
    unlinked.filter((id) => !ours.has(id)).flatMap((id) => listed.get(id) ?? []),
  )
  const isLooked = run.account.pushNew && run.connector.create ? await createThere(run) : true
  return { isListed: true, isLooked, isSettled: !run.isUnsettled, changes: null }
}
