import { expect, test } from 'vitest'
import { makeOwnLead, T0, T1 } from '../../../test/support/lead-fixtures.ts'
import { diffLeads } from '../lead/events.ts'
import type { Lead } from '../lead/lead.ts'
import { leadAsOf, type PastChange } from './lead-as-of.ts'

/** The timeline of a lead that went through these states. */
function historyOf(states: readonly Lead[], events: readonly string[]): PastChange[] {
  return states.map((state, i) => ({
    revision: state.revision,
    at: state.modifiedAt,
    event: events[i] ?? 'lead.updated',
    changes: diffLeads(states[i - 1] ?? null, state),
    actionDueAt: state.actionDueAt,
  }))
}

test('each state of a lead is found again from the last one', () => {
  const first = makeOwnLead({ revision: 1, notes: null, lastOpen: null })
  const second: Lead = { ...first, revision: 2, modifiedAt: T1, notes: 'Ring twice', value: '900.10' }
  const third: Lead = {
    ...second,
    ...{ revision: 3, status: 'QUOTE_SENT', statusAt: T1, reason: 'By post', actionDueAt: null },
  }
  const fourth: Lead = { ...third, revision: 4, notes: null, deletedAt: T1 }
  const states = [first, second, third, fourth]
  const history = historyOf(states, ['lead.created', 'lead.updated', 'lead.status_changed', 'lead.deleted'])
  for (const [i, state] of states.entries()) {
    const change = history[i]
    if (change === undefined) throw new Error('there is one for each state')
    const reportedAt = state.statusAt
    expect(leadAsOf(fourth, change, { later: history.slice(i + 1), reportedAt })).toEqual(state)
  }
})

test('the instant of the last report is asked for only when a later change brought another', () => {
  const now = makeOwnLead({ revision: 3, status: 'QUOTE_SENT', statusAt: T1 })
  const change: PastChange = { revision: 2, at: T0, event: 'lead.updated', changes: {}, actionDueAt: null }
  const later = { ...change, revision: 3 }
  expect(leadAsOf(now, change, { later: [later], reportedAt: null }).statusAt).toBe(T1)
  const report = { ...later, event: 'lead.status_changed' }
  expect(leadAsOf(now, change, { later: [report], reportedAt: T0 }).statusAt).toBe(T0)
})
