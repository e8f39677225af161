import { describe, expect, it } from 'vitest'
import { startHostile } from './hostile-server.ts'
import { poll, type SyncStage, syncStage } from './sync-stage.ts'

interface ConnectionView {
  readonly state: string
  readonly nextRunAt: string
  readonly lastError: { readonly code: string; readonly text: string } | null
}

async function connection(stage: SyncStage): Promise<ConnectionView> {
  return (await stage.native('GET', `/connections/${stage.connectionId}`)).body as ConnectionView
}

describe('the windows of an account', () => {
  it('are kept by our own count, with a reserve for what is sent', async () => {
    const stage = await syncStage({ b: { CONSTRUCTIONONLINE_LIMITS: '1h:10' } })
    const there = await stage.theirs.create()
    await stage.connect({ limits: '1h:9' })
    const refused = await poll(async () => ((await stage.run()).error === null ? null : stage.runs()), 'a full window')
    expect(refused[0]?.error).toMatchObject({ code: 'limited', text: expect.stringContaining('9 calls per 1h') })
    // Looks leave a fifth of nine to pushes; with the one that made the lead B has counted nine of its ten.
    expect(refused.map(({ calls }) => calls).reduce((sum, calls) => sum + calls)).toBe(8)
    expect(await connection(stage)).toMatchObject({ state: 'limited' })
    const left = await stage.theirs.get(`?id=${there['ID']}`)
    expect(left.status).toBe(200)
  })

  it('are those of the upstream where it says so: nothing is asked before its Retry-After', async () => {
    const stage = await syncStage({ b: { CONSTRUCTIONONLINE_LIMITS: '1h:3' } })
    await stage.theirs.create()
    await stage.theirs.get()
    await stage.connect()
    await poll(async () => ((await stage.run()).error === null ? null : true), 'a refused call')
    const view = await connection(stage)
    expect(view).toMatchObject({ state: 'limited', lastError: { code: 'limited' } })
    expect(Date.parse(view.nextRunAt)).toBeGreaterThan(Date.now() + 3_000_000)
    const before = (await stage.runs()).length
    await stage.native('POST', `/connections/${stage.connectionId}/run`)
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(await stage.runs()).toHaveLength(before)
  })
})

describe('an upstream that is away', () => {
  it('stops the run with its cause, and delays no other account', async () => {
    const stage = await syncStage()
    const there = await stage.theirs.create()
    await stage.connect()
    await stage.settle()
    stage.line.mode('cut')
    expect((await stage.run()).error).toMatchObject({ code: 'cut' })
    expect((await connection(stage)).state).toBe('failing')
    const away = stage.connectionId
    // The same account, by a line that is whole.
    const { email, password, apiKey } = stage.upstream
    const other = await stage.native('POST', '/connections', {
      kind: 'constructiononline',
      baseUrl: stage.b.baseUrl,
      credentials: { email, password, apiKey },
    })
    stage.connectionId = (other.body as { id: number }).id
    expect(await stage.runAfter(0)).toMatchObject({ error: null, createdHere: 1 })
    stage.connectionId = away
    stage.line.mode('open')
    await stage.theirs.put(there['ID'], { CITY: 'Calgary' })
    await stage.settle()
    expect(await stage.linked(there['ID'])).toMatchObject({ CITY: 'Calgary' })
    expect((await connection(stage)).state).toBe('healthy')
  })

  it('that never answers delays no other account, nor do twelve of them', async () => {
    const stage = await syncStage()
    const silent = await startHostile(() => undefined)
    const { email, password, apiKey } = stage.upstream
    const connect = (baseUrl: string) =>
      stage.native('POST', '/connections', {
        kind: 'constructiononline',
        baseUrl,
        credentials: { email, password, apiKey },
      })
    for (let n = 0; n < 12; n += 1) expect((await connect(silent.baseUrl)).status).toBe(201)
    await poll(async () => (silent.calls.length >= 12 ? true : null), 'calls that wait')
    await stage.theirs.create()
    await stage.connect()
    expect(await stage.runAfter(0)).toMatchObject({ error: null, createdHere: 1 })
    await silent.close()
  })

  it('that does not take the credentials is left alone until they are changed', async () => {
    const stage = await syncStage()
    const { email, password, apiKey } = stage.upstream
    await stage.connect({ credentials: { email, password: `not ${password}`, apiKey } })
    await poll(async () => ((await connection(stage)).state === 'broken' ? true : null), 'broken connection')
    expect(await connection(stage)).toMatchObject({ lastError: { code: 'unauthorised' } })
    expect(JSON.stringify(await stage.runs())).not.toContain(password)
    await stage.native('PATCH', `/connections/${stage.connectionId}`, { credentials: { email, password, apiKey } })
    await stage.settle()
    expect((await connection(stage)).state).toBe('healthy')
  })
})

it('a connection that is taken away and added again finds its leads', async () => {
  const stage = await syncStage()
  const there = await stage.theirs.create({ CITY: 'Calgary', LEAD_NOTES: 'old' })
  await stage.connect()
  await stage.settle()
  const here = await stage.linked(there['ID'])
  await stage.native('DELETE', `/connections/${stage.connectionId}`)
  await stage.theirs.put(there['ID'], { LEAD_NOTES: 'new' })
  await stage.connect()
  await stage.settle()
  expect((await stage.linked(there['ID']))['ID']).toBe(here['ID'])
  expect(await stage.conflicts(here['ID'])).toMatchObject([{ field: 'notes', ours: 'old', theirs: 'new' }])
  expect((await stage.ours.get()).body).toHaveLength(1)
})
