import { describe, expect, it } from 'vitest'
import { problemOf } from '../client.ts'
import { expectStatus, makeLeadStage } from './lead-stage.ts'

const stage = await makeLeadStage()

interface Entry {
  revision: number
  event: string
  face: string
  actor: { kind: string; id: string; name: string }
  changes: { field: string; old: unknown; new: unknown }[]
}

async function timelineOf(id: number, query = ''): Promise<{ entries: Entry[]; nextCursor: string | null }> {
  const answer = expectStatus(await stage.call('GET', `/leads/${id}/timeline${query}`), 200)
  return answer.body as unknown as { entries: Entry[]; nextCursor: string | null }
}

describe('GET /v1/leads/{id}/timeline', () => {
  it('tells newest first who changed what, through which door', async () => {
    const user = await stage.userOf(stage.company)
    const id = await stage.accepted()
    const fields = { assigneeId: user, city: 'Banff', value: 7, notes: 'Side gate' }
    expectStatus(await stage.call('PATCH', `/leads/${id}`, { body: fields }), 200)
    const vendor = await fetch(`${stage.server.baseUrl}/rest-api-v1/general-leads/${id}/status`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${stage.company.token}`, 'content-type': 'application/json' },
      body: '{"status":"JOB_LOST","reason":"Price"}',
    })
    expect(vendor.status).toBe(200)

    const { entries, nextCursor } = await timelineOf(id)
    expect(nextCursor).toBeNull()
    expect(entries.map(({ revision, event, face }) => [revision, event, face])).toEqual([
      [4, 'lead.status_changed', 'renovationfind'],
      [3, 'lead.updated', 'native'],
      [2, 'lead.accepted', 'native'],
      [1, 'lead.offered', 'cli'],
    ])
    const [report, edit] = entries
    expect(report?.changes.slice(0, 2)).toEqual([
      { field: 'status', old: 'NO_RESPONSE', new: 'JOB_LOST' },
      { field: 'reason', old: null, new: 'Price' },
    ])
    expect(report?.actor).toMatchObject({ kind: 'token', id: expect.any(String), name: expect.any(String) })
    expect(edit?.changes).toEqual([
      { field: 'value', old: null, new: '7.00' },
      { field: 'assignee', old: null, new: { id: user, name: expect.stringMatching(/./) } },
      { field: 'notes', old: null, new: 'Side gate' },
      { field: 'city', old: 'Calgary', new: 'Banff' },
    ])
  })

  it('tells nothing of the customer before acceptance, and everything after it', async () => {
    const id = await stage.offered()
    const before = await timelineOf(id)
    expect(JSON.stringify(before)).not.toMatch(/jordan|miller|555|elm|calgary/i)
    expect(before.entries[0]?.changes.map(({ field }) => field)).toContain('category')
    expectStatus(await stage.call('POST', `/leads/${id}/accept`), 200)
    expect(JSON.stringify(await timelineOf(id))).toContain('jordan@example.com')
  })

  it('comes in pages that meet without gap or overlap, also while the lead changes', async () => {
    const id = await stage.accepted()
    for (let n = 0; n < 7; n += 1) {
      expectStatus(await stage.call('PATCH', `/leads/${id}`, { body: { notes: `Note ${n}` } }), 200)
    }
    const seen: number[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: Awaited<ReturnType<typeof timelineOf>> = await timelineOf(
        id,
        `?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`,
      )
      seen.push(...page.entries.map(({ revision }) => revision))
      cursor = page.nextCursor
      await stage.call('PATCH', `/leads/${id}`, { body: { notes: `Meanwhile ${seen.length}` } })
    }
    expect(seen).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1])
  })

  it('is shown of a deleted lead, whose restoring it tells, too', async () => {
    const id = await stage.accepted()
    await stage.call('DELETE', `/leads/${id}`)
    expect((await timelineOf(id)).entries[0]).toMatchObject({
      event: 'lead.deleted',
      changes: [{ field: 'deletedAt', old: null, new: expect.any(String) }],
    })
    await stage.call('POST', `/leads/${id}/restore`)
    expect((await timelineOf(id)).entries[0]).toMatchObject({ event: 'lead.restored' })
  })

  it('refuses bad parameters, other companies and callers without credentials', async () => {
    const id = await stage.accepted()
    const other = await stage.accepted()
    await stage.call('PATCH', `/leads/${other}`, { body: { notes: 'x' } })
    const { nextCursor } = await timelineOf(other, '?limit=1')
    for (const query of [
      '?limit=0',
      '?limit=101',
      '?limit=x',
      '?cursor=x',
      `?cursor=${nextCursor}`,
      '?page=2',
      '?limit=1&limit=2',
    ]) {
      expect(problemOf(await stage.call('GET', `/leads/${id}/timeline${query}`))).toMatchObject({
        status: 400,
        code: 'request.parameter-invalid',
      })
    }
    expect(problemOf(await stage.asOther('GET', `/leads/${id}/timeline`)).status).toBe(404)
    expect(problemOf(await stage.asNobody('GET', `/leads/${id}/timeline`)).status).toBe(401)
  })
})
