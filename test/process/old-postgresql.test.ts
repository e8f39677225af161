import { describe, expect, it, onTestFinished } from 'vitest'
import { freePort, spawnServer } from '../support/child-server.ts'
import { startOldPostgresql } from '../support/old-postgresql.ts'

/** Starts a server on a DATABASE_URL that it must refuse. */
async function startOn(url: string): Promise<{ code: number | NodeJS.Signals; output: string }> {
  const server = spawnServer({ DATABASE_URL: url, DEMO: 'false', PORT: String(await freePort()) })
  onTestFinished(async () => {
    await server.end('SIGKILL')
  })
  const code = await server.ended()
  return { code, output: server.output() }
}

describe('a DATABASE_URL that the server cannot work with ends the start', () => {
  it('in one sentence that names both versions when it leads to PostgreSQL 14', async () => {
    const old = await startOldPostgresql()
    onTestFinished(() => old.close())
    const { code, output } = await startOn(old.url)
    expect(output).toBe(
      'Leadwright did not start. DATABASE_URL leads to PostgreSQL 14.12; Leadwright needs 15 or later.\n',
    )
    expect(code).toBe(1)
  })

  it.each(['127.0.0.1', 'localhost'])(
    'in one sentence with the cause, and without the password, when nobody listens on %s',
    async (host) => {
      const port = await freePort()
      const { code, output } = await startOn(`postgres://somebody:hushhush@${host}:${port}/leads`)
      const start = 'Leadwright did not start. The PostgreSQL of DATABASE_URL cannot be reached: '
      expect(output.startsWith(start)).toBe(true)
      expect(output.slice(start.length)).toMatch(/^[^\n]*ECONNREFUSED[^\n]*\n$/)
      expect(output).not.toContain('hushhush')
      expect(code).toBe(1)
    },
  )
})
