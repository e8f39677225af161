import { expect, it } from 'vitest'
import { openSharedStore } from '../support/shared-store.ts'
import { SECRET_KEY } from './endpoints.ts'
import { FAULT_SETTINGS, runFaults } from './fault-run.ts'

const CHANGES = 3000

it('of 3,000 changes through three servers, two of them killed, every one arrives at a bad receiver, in order', async () => {
  const { app, serve } = await openSharedStore()
  const run = await runFaults({
    app,
    serve: () => serve({ ...FAULT_SETTINGS, SECRET_KEY }),
    changes: CHANGES,
    drainMs: 90_000,
    log: () => undefined,
  })
  expect(run.missing).toEqual([])
  expect(run.tally.faults).toEqual([])
  expect(run.left).toBe(0)
  expect(run.tally.accepted).toBe(CHANGES + run.leads)
  // A third was refused, and the process that sent first was killed.
  expect(run.tally.calls).toBeGreaterThan(CHANGES * 1.3)
  expect(run.owners).toBeGreaterThan(1)
}, 240_000)
