import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { countHistory, problemOf } from '../client.ts'
import { expectStatus, makeLeadStage } from './lead-stage.ts'

const stage = await makeLeadStage()
const user = await stage.userOf(stage.company)

function assign(body: unknown, headers: Record<string, string> = {}) {
  return stage.call('POST', '/leads/assign', { body, headers })
}

describe('POST /v1/leads/assign', () => {
  it('gives leads to a user, whatever their state, and says which are not there', async () => {
    const [offered, accepted, gone] = [await stage.offered(), await stage.accepted(), await stage.accepted()]
    expectStatus(await stage.call('DELETE', `/leads/${gone}`), 200)
    const foreign = await stage.server.offer(stage.other.companyId)
    const ids = [999, accepted, foreign, offered, gone, offered]
    const answer = expectStatus(await assign({ ids, assigneeId: user }), 200)
    expect(answer.body).toEqual({ changed: 2, missing: [999, foreign, gone] })
    for (const id of [offered, accepted]) {
      expect((await stage.call('GET', `/leads/${id}`)).body).toMatchObject({ assignee: { id: user } })
    }
    expect((await stage.asOther('GET', `/leads/${foreign}`)).body).toMatchObject({ assignee: null, revision: 1 })

    expect((await assign({ ids: [offered, accepted], assigneeId: user })).body).toEqual({ changed: 0, missing: [] })
    expect((await assign({ ids: [offered], assigneeId: null })).body).toEqual({ changed: 1, missing: [] })
    expect(await countHistory(stage.server, offered)).toBe(3)
  })

  it('takes 500 at once', async () => {
    const made = await Promise.all(
      Array.from({ length: 500 }, (_, n) => stage.call('POST', '/leads', { body: { firstName: `Lead ${n}` } })),
    )
    const ids = made.map(({ body }) => body['id'])
    expect((await assign({ ids, assigneeId: user })).body).toEqual({ changed: 500, missing: [] })
  })

  it('gives the stored answer to a repeated key, also to many at once', async () => {
    const id = await stage.accepted()
    const headers = { 'idempotency-key': randomUUID() }
    const answers = await Promise.all(Array.from({ length: 6 }, () => assign({ ids: [id], assigneeId: user }, headers)))
    for (const answer of answers) expect(answer.body).toEqual({ changed: 1, missing: [] })
    expect(await countHistory(stage.server, id)).toBe(3)
    const other = await assign({ ids: [id], assigneeId: null }, headers)
    expect(problemOf(other)).toMatchObject({ status: 422, code: 'idempotency.key-reused' })
  })

  it.each([
    [{ assigneeId: null }, 'field.invalid', 'ids'],
    [{ ids: [], assigneeId: null }, 'field.invalid', 'ids'],
    [{ ids: Array.from({ length: 501 }, (_, n) => n + 1), assigneeId: null }, 'field.invalid', 'ids'],
    [{ ids: ['1'], assigneeId: null }, 'field.invalid', 'ids'],
    [{ ids: [0], assigneeId: null }, 'field.invalid', 'ids'],
    [{ ids: [1.5], assigneeId: null }, 'field.invalid', 'ids'],
    [{ ids: 7, assigneeId: null }, 'field.invalid', 'ids'],
    [{ ids: [1] }, 'field.invalid', 'assigneeId'],
    [{ ids: [1], assigneeId: 'me' }, 'field.invalid', 'assigneeId'],
    [{ ids: [1], assigneeId: 1 }, 'field.invalid', 'assigneeId'],
    [{ ids: [1], assigneeId: null, all: true }, 'field.unknown', 'all'],
  ])('refuses %j', async (body, code, field) => {
    expect(problemOf(await assign(body))).toEqual({ status: 400, code, field })
  })

  it('refuses a user of another company, If-Match, and a caller without credentials', async () => {
    const id = await stage.accepted()
    const foreign = await stage.userOf(stage.other)
    expect(problemOf(await assign({ ids: [id], assigneeId: foreign }))).toMatchObject({ field: 'assigneeId' })
    expect(problemOf(await assign({ ids: [id], assigneeId: null }, { 'if-match': '*' }))).toMatchObject({ status: 400 })
    const call = { body: { ids: [id], assigneeId: null } }
    expect(problemOf(await stage.asNobody('POST', '/leads/assign', call)).status).toBe(401)
  })
})
