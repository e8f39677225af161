import { createHook } from 'node:async_hooks'
import { afterAll, expect, it } from 'vitest'
import { makeOutboundClient } from '../../src/jobs/outbound/http-client.ts'

const clients = [true, false].map((allowPrivate) => ({ allowPrivate, client: makeOutboundClient({ allowPrivate }) }))
afterAll(() => Promise.all(clients.map(({ client }) => client.close())))

it.each(clients)(
  'calls to one host at a time ask for its addresses once (private allowed: $allowPrivate)',
  async ({ client }) => {
    let lookups = 0
    const hook = createHook({
      init: (_id, type) => {
        if (type === 'GETADDRINFOREQWRAP') lookups += 1
      },
    }).enable()
    const call = { method: 'GET', headers: {}, timeoutMs: 5_000, bodyBytesMax: 10 } as const
    // Nothing listens on the port.
    const calls = Array.from({ length: 16 }, () => client.call({ ...call, url: 'http://localhost:1/' }))
    const ends = await Promise.allSettled(calls)
    hook.disable()
    expect(ends.every(({ status }) => status === 'rejected')).toBe(true)
    expect(lookups).toBe(1)
  },
)
