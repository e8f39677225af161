import { describe, expect, it } from 'vitest'
import type { SyncConflict, SyncRun } from '../../portal/api/types.ts'
import { authorsOf } from '../../portal/pages/lead/who-changed.ts'
import { conflictLines, movedWords } from '../../portal/sync/sync-words.ts'

const RUN: SyncRun = {
  id: 1,
  startedAt: '2026-03-01T12:00:00.000Z',
  endedAt: null,
  pulled: 0,
  pushed: 0,
  createdHere: 0,
  createdThere: 0,
  conflicts: 0,
  gone: 0,
  calls: 1,
  error: null,
}
const online = { connectionKind: 'constructiononline' } as SyncConflict
const renovation = { connectionKind: 'renovationfind' } as SyncConflict

it('says what a run moved, and nothing of what it did not', () => {
  expect(movedWords(RUN)).toBeNull()
  expect(movedWords({ ...RUN, pulled: 2, createdThere: 1, conflicts: 1 })).toBe(
    '2 taken over, 1 made there, 1 conflict',
  )
})

describe('a value of a conflict', () => {
  it.each<[SyncConflict, string, unknown, string[]]>([
    [online, 'city', 'Banff', ['Banff']],
    [online, 'city', null, []],
    [online, 'city', '', []],
    [online, 'quality', 0, ['0']],
    [online, 'value', '1850.00', ['$1,850']],
    [online, 'phone', '4035550142', ['(403) 555-0142']],
    [online, 'status', 'won', ['Closed – won']],
    [
      renovation,
      'action',
      { action: 'DECLINED', declineReason: 'Too far' },
      ['Declined', 'Reason for declining: Too far'],
    ],
    [
      renovation,
      'status',
      { status: 'JOB_WON', reason: null, jobAmount: '1200.50', completionDateTbd: true },
      ['Job won', 'Job amount: $1,200.50', 'Completion date to be determined: Yes'],
    ],
  ])('%j %s %j is shown as %j', (conflict, field, value, lines) => {
    expect(conflictLines({ ...conflict, field }, value, 'USD')).toEqual(lines)
  })
})

it('names of each field whoever changed it last after a revision', () => {
  const entry = (revision: number, name: string, ...fields: string[]) => ({
    revision,
    at: `2026-03-01T12:00:0${revision}.000Z`,
    event: 'lead.updated' as const,
    face: 'native',
    actor: { kind: 'user' as const, id: '1', name },
    changes: fields.map((field) => ({ field, old: null, new: 'x' })),
  })
  const entries = [entry(5, 'Omar', 'phone'), entry(4, 'Dana', 'city', 'phone'), entry(3, 'Sam', 'zip')]
  expect(authorsOf(entries, 3)).toEqual({
    phone: { who: 'Omar', at: '2026-03-01T12:00:05.000Z' },
    city: { who: 'Dana', at: '2026-03-01T12:00:04.000Z' },
  })
})
