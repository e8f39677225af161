import { afterEach, describe, expect, it } from 'vitest'
import { type Desk, eventually, openDesk, openUpstream, type Upstream } from './renovationfind-stage.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  while (open.length > 0) await open.pop()?.close()
})

async function stage(settings: Record<string, string> = {}): Promise<{ upstream: Upstream; desk: Desk }> {
  const upstream = await openUpstream(settings)
  open.push(upstream)
  const { baseUrl, token } = upstream
  const desk = await openDesk({ kind: 'renovationfind', baseUrl, credentials: { token } })
  open.push(desk)
  return { upstream, desk }
}

/** A lead that is linked, with its ids on both sides. */
async function linked({
  upstream,
  desk,
}: {
  upstream: Upstream
  desk: Desk
}): Promise<{ here: number; there: string }> {
  const there = await upstream.offer()
  return { there, here: await desk.link(there) }
}

function untilTrouble(desk: Desk, code: string) {
  return eventually(
    () => desk.connection(),
    ({ lastError }) => (lastError as { code?: string } | null)?.code === code,
  )
}

function untilStatus(upstream: Upstream, id: string, status: string) {
  return eventually(
    () => upstream.lead(id),
    (lead) => lead['status'] === status,
  )
}

describe('an upstream account in trouble', () => {
  it('whose token is revoked stops, says so, and goes on with a new one', async () => {
    const { upstream, desk } = await stage()
    const { here, there } = await linked({ upstream, desk })
    const old = upstream.token
    const token = await upstream.replaceToken()
    await desk.report(here, { status: 'QUOTE_SENT' })
    const troubled = await untilTrouble(desk, 'unauthorised')
    expect(troubled).toMatchObject({ failures: 1, openConflicts: 0 })
    expect(JSON.stringify(troubled)).not.toContain(old)
    const path = `/connections/${desk.connectionId}`
    expect((await desk.call('PATCH', path, { body: { credentials: { token } } })).status).toBe(200)
    expect(await untilStatus(upstream, there, 'QUOTE_SENT')).toMatchObject({ revision: 3 })
    const healed = await eventually(
      () => desk.connection(),
      ({ lastOkAt, lastRunAt, running }) => lastOkAt !== null && lastOkAt === lastRunAt && running === false,
    )
    expect(healed).toMatchObject({ failures: 0, lastError: null })
  })

  it('that is stopped and started again gets what was changed meanwhile, once', async () => {
    const { upstream, desk } = await stage()
    const { here, there } = await linked({ upstream, desk })
    await upstream.stop()
    await desk.report(here, { status: 'MEETUP_SCHEDULED', meetingDate: '2026-05-04' })
    expect(await untilTrouble(desk, 'unreachable')).toMatchObject({ openConflicts: 0 })
    await upstream.start()
    await desk.run()
    await untilStatus(upstream, there, 'MEETUP_SCHEDULED')
    const seen = await eventually(
      () => desk.connection(),
      ({ lastError }) => lastError === null,
    )
    expect(seen).toMatchObject({ failures: 0, openConflicts: 0 })
    expect(await upstream.lead(there)).toMatchObject({ revision: 3 })
  })

  it('that says 429 is left alone as long as it asks, and then gets the rest', async () => {
    const { upstream, desk } = await stage({ RENOVATIONFIND_LIMITS: '1m:5' })
    const pairs = [await linked({ upstream, desk }), await linked({ upstream, desk }), await linked({ upstream, desk })]
    for (const { here } of pairs) await desk.report(here, { status: 'QUOTE_SENT' })
    expect(await untilTrouble(desk, 'limited')).toMatchObject({ openConflicts: 0, failures: 0 })
    const text = 'SELECT limited_until AS at FROM connection'
    const [limited] = await desk.server.db.query<{ at: string }>({ text, values: [] })
    const waitMs = Date.parse(limited?.at ?? '') - Date.now()
    expect(waitMs).toBeGreaterThan(30_000)
    expect(waitMs).toBeLessThan(70_000)
    // Nobody's wish to run makes us ask before that.
    const runs = async () => (await desk.server.db.query({ text: 'SELECT id FROM sync_run', values: [] })).length
    const before = await runs()
    await desk.call('POST', `/connections/${desk.connectionId}/run`)
    await new Promise((resolve) => setTimeout(resolve, 2500))
    expect(await runs()).toBe(before)
    // The minute is over.
    await upstream.sql('DELETE FROM rate_window', [])
    await desk.server.db.query({ text: 'UPDATE connection SET limited_until = now(), next_run_at = now()', values: [] })
    for (const { there } of pairs) {
      const seen = () => upstream.sql('SELECT status FROM lead WHERE id = $1', [there])
      await eventually(seen, ([row]) => row?.['status'] === 'QUOTE_SENT')
    }
  })
})
