import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clientOf as vendorOf } from '../../renovationfind/client.ts'
import { anyBody, type Body, CORE_NAMES } from '../../support/status-bodies.ts'
import { oracleAccepts } from '../../support/status-oracle.ts'
import { makeLeadStage } from './lead-stage.ts'

const stage = await makeLeadStage()
const vendor = vendorOf(stage.server, stage.company)

/** The body under this API's names; a name that RenovationFind does not know stays one that this API does not know. */
function renamed(body: Body): Body {
  const pairs = Object.entries(body).map(([wire, value]) => {
    const core = CORE_NAMES[wire]
    if (core !== undefined && Object.hasOwn(CORE_NAMES, wire)) return [core, value]
    return [Object.values(CORE_NAMES).includes(wire) ? `_${wire}` : wire, value]
  })
  return Object.fromEntries(pairs) as Body
}

/** What a lead keeps of a report, in one form for both APIs. */
function progressOf(lead: Body): unknown[] {
  return ['status', 'reason', 'jobAmount', 'contactMethod', 'estimateType', 'lostReason'].map((name) =>
    name === 'jobAmount' && lead[name] !== null ? Number(lead[name]) : lead[name],
  )
}

describe('a status report', () => {
  it('is taken by this API exactly when RenovationFind’s takes it, and leaves the same behind', async () => {
    const [here, there] = [await stage.accepted(), await stage.accepted()]
    // A decimal text is an amount in this API only.
    const bodies = anyBody.filter((body) => typeof body['jobAmount'] !== 'string')
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const [a, b] = await Promise.all([
          stage.call('POST', `/leads/${here}/status`, { body: renamed(body) }),
          vendor('PUT', `/general-leads/${there}/status`, { body }),
        ])
        const expected = oracleAccepts(JSON.parse(JSON.stringify(body)) as Body) ? 200 : 400
        expect([a.status, b.status]).toEqual([expected, expected])
        if (expected === 200) {
          const { data } = b.body as { data: { postLeadStatusData: Body } }
          expect(progressOf(a.body)).toEqual(progressOf(data.postLeadStatusData))
          // A win is final: the next report needs a lead that is open again.
          const ids = [here, there]
          await stage.server.db.query({
            text: `UPDATE lead SET status = 'NO_RESPONSE', job_amount = NULL, reason = NULL WHERE id = ANY ($1::bigint[])`,
            values: [ids],
          })
        }
      }),
      { numRuns: 400 },
    )
  })
})
