import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer as compose } from '../../../src/compose.ts'
import { readConfig } from '../../../src/config.ts'
import { untilListed } from '../../support/lists.ts'
import { startServer, type TestCompany, type TestServer } from '../../support/server.ts'
import { clientOf, problemOf } from '../client.ts'
import { bearer, type Heard, listen } from './listener.ts'

let server: TestServer
let mine: TestCompany
let other: TestCompany

beforeAll(async () => {
  server = await startServer()
  mine = await server.company()
  other = await server.company()
})

afterAll(() => server.close())

const ANNOUNCE_MUCH = `INSERT INTO live_log (lines)
  SELECT string_agg('{company}|1|' || n || '|lead.updated|New|New|2026-03-01 09:00:00+00', E'\\n')
  FROM generate_series(1, 1001) AS n GROUP BY n / 100`

function about(leadId: number, event: string): (heard: Heard) => boolean {
  return ({ name, data }) => name === 'lead' && data['leadId'] === leadId && data['event'] === event
}

async function rest(method: string, path: string, body: unknown, company = mine): Promise<number> {
  const response = await fetch(`${server.baseUrl}/rest-api-v1/general-leads/${path}`, {
    method,
    headers: { ...bearer(company), 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  await response.arrayBuffer()
  return response.status
}

describe('GET /v1/events', () => {
  it('tells of each change with the stages, whatever door it came through, and of no other company', async () => {
    const [here, there] = await Promise.all([listen(server, bearer(mine)), listen(server, bearer(other))])
    const leadId = await server.offer(mine.companyId)
    const offered = await here.until(about(leadId, 'lead.offered'))
    expect(offered.data).toEqual({
      leadId,
      revision: 1,
      event: 'lead.offered',
      boardStage: 'Offered',
      previousStage: null,
    })
    await rest('POST', `${leadId}/accept`, {})
    await here.until(about(leadId, 'lead.accepted'))
    await rest('PUT', `${leadId}/status`, { status: 'QUOTE_SENT' })
    const quoted = await here.until(about(leadId, 'lead.status_changed'))
    expect(quoted.data).toMatchObject({ revision: 3, boardStage: 'Estimate', previousStage: 'New' })
    expect(there.heard).toEqual([])
    here.leave()
    there.leave()
  })

  it('tells once lists show it', async () => {
    const stream = await listen(server, bearer(mine))
    const leadId = await server.offer(mine.companyId)
    await stream.until(about(leadId, 'lead.offered'))
    expect(
      await server.db.query({ text: 'SELECT 1 FROM lead_card WHERE lead_id = $1', values: [leadId] }),
    ).toHaveLength(1)
    stream.leave()
  })

  it('tells of deletion with the column that the lead left, and of restoration', async () => {
    const leadId = await server.offer(mine.companyId)
    await untilListed(server.db)
    const stream = await listen(server, bearer(mine))
    const call = clientOf(server, mine)
    expect((await call('DELETE', `/leads/${leadId}`)).status).toBe(200)
    const deleted = await stream.until(about(leadId, 'lead.deleted'))
    expect(deleted.data).toMatchObject({ boardStage: 'Offered', previousStage: 'Offered' })
    expect((await call('POST', `/leads/${leadId}/restore`)).status).toBe(200)
    const restored = await stream.until(about(leadId, 'lead.restored'))
    expect(restored.data).toMatchObject({ boardStage: 'Offered', previousStage: null })
    stream.leave()
  })

  it('hears what another process on the same store has changed', async () => {
    const config = readConfig({ PORT: '0', LOG_LEVEL: 'error' }, process.cwd())
    const second = await compose(config, server.db.connection, () => undefined)
    try {
      const stream = await listen(second, bearer(mine))
      const leadId = await server.offer(mine.companyId)
      expect((await stream.until(about(leadId, 'lead.offered'))).data['boardStage']).toBe('Offered')
      stream.leave()
    } finally {
      await second.close()
    }
  })

  it('asks for credentials of a company', async () => {
    const answer = await clientOf(server, null)('GET', '/events')
    expect(problemOf(answer)).toMatchObject({ status: 401, code: 'credentials.missing' })
    const wrong = await clientOf(server, { token: 'wrong' })('GET', '/events')
    expect(problemOf(wrong)).toMatchObject({ status: 401, code: 'credentials.invalid' })
  })
})

describe('a client that resumes', () => {
  it('hears what it missed', async () => {
    const first = await listen(server, bearer(mine))
    const leadId = await server.offer(mine.companyId)
    await first.until(about(leadId, 'lead.offered'))
    first.leave()
    await rest('POST', `${leadId}/accept`, {})
    const second = await listen(server, { ...bearer(mine), 'last-event-id': first.lastId() })
    const accepted = await second.until(about(leadId, 'lead.accepted'))
    expect(accepted.data).toMatchObject({ revision: 2, boardStage: 'New' })
    second.leave()
  })

  it.each([
    ['it missed more than is worth telling', ANNOUNCE_MUCH],
    ['what it missed is not known any more', 'DELETE FROM live_log'],
    ['the store has begun anew', 'UPDATE live_log SET tag = tag + 1'],
  ])('is told to ask for everything again when %s', async (_, text) => {
    const company = await server.company()
    const first = await listen(server, bearer(company))
    first.leave()
    await server.db.query({ text: text.replaceAll('{company}', String(company.companyId)) })
    const second = await listen(server, { ...bearer(company), 'last-event-id': first.lastId() })
    expect((await second.until(({ name }) => name === 'reset')).data).toEqual({})
    expect(second.heard).toHaveLength(1)
    const leadId = await server.offer(company.companyId)
    await second.until(about(leadId, 'lead.offered'))
    second.leave()
    const third = await listen(server, { ...bearer(company), 'last-event-id': second.lastId() })
    await rest('POST', `${leadId}/accept`, {}, company)
    await third.until(about(leadId, 'lead.accepted'))
    expect(third.heard.filter(({ name }) => name === 'reset')).toEqual([])
    third.leave()
  })

  it.each(['nonsense', 'W10', '%20', 'x'.repeat(3000)])('is refused with an id like %s', async (id) => {
    const answer = await clientOf(server, mine)('GET', '/events', { headers: { 'last-event-id': id } })
    expect(problemOf(answer)).toMatchObject({ status: 400, code: 'request.header-invalid' })
  })

  it('is refused with the id of another company', async () => {
    const stream = await listen(server, bearer(other))
    stream.leave()
    const answer = await clientOf(server, mine)('GET', '/events', { headers: { 'last-event-id': stream.lastId() } })
    expect(problemOf(answer)).toMatchObject({ status: 400, code: 'request.header-invalid' })
  })
})
