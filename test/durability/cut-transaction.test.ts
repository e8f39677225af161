import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { freshDatabase } from '../support/database.ts'

it('a connection that breaks between two statements of a transaction fails that transaction, and nothing else', async () => {
  const { connection, drop } = await freshDatabase()
  const db = openDatabase({ connection, poolMax: 2, onIdleError: () => undefined })
  try {
    const work = db.transaction(async (tx) => {
      const [row] = await tx.query<{ pid: number }>({ text: 'SELECT pg_backend_pid() AS pid' })
      await db.query({ text: 'SELECT pg_terminate_backend($1)', values: [row?.pid] })
      // Its end arrives while nothing is asked: nobody waits for an answer that could fail.
      await sleep(300)
      await tx.query({ text: 'SELECT 1' })
    })
    await expect(work).rejects.toMatchObject({ refusal: { code: 'server.unavailable' } })
    expect(await db.query({ text: 'SELECT 1 AS one' })).toEqual([{ one: 1 }])
  } finally {
    await db.close()
    await drop()
  }
})
