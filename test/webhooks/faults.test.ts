import { expect, it } from 'vitest'
import { openSharedStore } from '../support/shared-store.ts'
import { SECRET_KEY } from './endpoints.ts'
import type { Verifier } from './fault-receiver.ts'
import { FAULT_SETTINGS, runFaults } from './fault-run.ts'
import { verify } from './receiver.ts'

const CHANGES = 3000

const isSigned: Verifier = ({ body, headers }, secret) => {
  try {
    verify({ body: body.toString(), headers }, secret)
    return true
  } catch {
    return false
  }
}

it('of 3,000 changes through three servers, two of them killed, every one arrives at a bad receiver, in order', async () => {
  const { app, serve } = await openSharedStore()
  const run = await runFaults({
    app,
    serve: () => serve({ ...FAULT_SETTINGS, SECRET_KEY }),
    changes: CHANGES,
    drainMs: 90_000,
    log: () => undefined,
    isSigned,
  })
  expect(run.missing).toEqual([])
  expect(run.tally.faults).toEqual([])
  expect(run.left).toBe(0)
  expect(run.tally.accepted).toBe(CHANGES + run.leads)
  // By the official verifier: the old secret signs every call, from the change on the new one does, too.
  expect(run.tally.byNewSecret).toBeGreaterThan(CHANGES * 0.3)
  expect(run.tally.byNewSecret).toBeLessThan(run.tally.calls)
  // A third was refused, and the process that sent first was killed.
  expect(run.tally.calls).toBeGreaterThan(CHANGES * 1.3)
  expect(run.owners).toBeGreaterThan(1)
}, 240_000)
