import { describe, expect, it } from 'vitest'
import type { LeadCard } from '../../portal/api/types.ts'
import { type Rules, reportableStatuses } from '../../portal/lead/status-form/rules.ts'
import { planMove, possibleMoves } from '../../portal/pages/board/moves.ts'
import { makeLeadStage } from '../native/leads/lead-stage.ts'

const stage = await makeLeadStage()
const rules = (await stage.call('GET', '/lead-statuses')).body as unknown as Rules

const GOOD: Readonly<Record<string, Record<string, unknown>>> = {
  MEETUP_SCHEDULED: { meetingDate: '2027-03-01' },
  JOB_WON: { jobAmount: '100' },
  LEAD_WON: { jobAmount: '100', startDateTbd: true, completionDateTbd: true },
  LEAD_LOST: { lostReason: 'PRICE' },
  JOB_LOST: { reason: 'Price' },
  JOB_POSTPONED_OR_CANCELLED: { reason: 'Next year' },
  OTHER: { reason: 'Moved' },
}

/** A lead brought to where the test wants it. */
async function leadAt(where: 'Offered' | 'Declined' | LeadCard['status']): Promise<LeadCard> {
  const id = where === 'Offered' || where === 'Declined' ? await stage.offered() : await stage.accepted()
  if (where === 'Declined') await stage.call('POST', `/leads/${id}/decline`, { body: { reason: 'Too far' } })
  if (!['Offered', 'Declined', 'NO_RESPONSE'].includes(where)) await report(id, where)
  return (await stage.call('GET', `/leads/${id}`)).body as unknown as LeadCard
}

async function report(id: number, status: string, more: Record<string, unknown> = {}): Promise<number> {
  return (await stage.call('POST', `/leads/${id}/status`, { body: { status, ...GOOD[status], ...more } })).status
}

describe('a move on the board', () => {
  it.each(['Offered', 'Declined', 'NO_RESPONSE', 'QUOTE_SENT', 'JOB_LOST', 'LEAD_WON'] as const)(
    'of a lead at %s is offered exactly where the API takes it',
    async (where) => {
      for (const target of rules.stages) {
        const lead = await leadAt(where)
        if (target === lead.boardStage && reportableStatuses(rules, target).length === 0) continue
        expect([target, planMove(rules, lead, target).kind]).toEqual([target, await whatTheApiTakes(lead, target)])
      }
    },
  )

  /** The step of those that lead to a stage which the API carries out, tried one after the other. */
  async function whatTheApiTakes(lead: LeadCard, target: (typeof rules.stages)[number]): Promise<string> {
    // The very same report onto a win is taken, too, but changes nothing: so a note makes it another one.
    const reports = reportableStatuses(rules, target).map(({ status }) => report(lead.id, status, { reason: 'Again' }))
    if ((await Promise.all(reports)).includes(200)) return 'report'
    const answers = [
      ['accept', 'New', {}],
      ['decline', 'Declined', { reason: 'Too far away' }],
    ] as const
    for (const [word, reached, body] of answers) {
      if (target !== reached || lead.action === 'ACCEPTED') continue
      if ((await stage.call('POST', `/leads/${lead.id}/${word}`, { body })).status === 200) return word
    }
    return 'impossible'
  }

  it('says why, where there is none', async () => {
    const move = planMove(rules, await leadAt('JOB_WON'), 'Estimate')
    expect(move.kind === 'impossible' && move.why).toContain('final')
    expect(possibleMoves(rules, await leadAt('JOB_WON'))).toEqual([])
  })
})
