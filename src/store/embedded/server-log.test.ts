import { describe, expect, it } from 'vitest'
import { decisiveLine } from './server-log.ts'

describe('decisiveLine', () => {
  it('prefers a full disk to what followed from it', () => {
    const output = [
      '2026-01-02 03:04:05.678 UTC [42] PANIC:  could not write to file "pg_wal/1": No space left on device',
      '2026-01-02 03:04:05.680 UTC [40] FATAL:  startup process failed',
    ].join('\n')
    expect(decisiveLine(output)).toBe('PANIC: could not write to file "pg_wal/1": No space left on device')
  })

  it('takes the last fatal line, not what an early client was told', () => {
    const output = [
      '2026-01-02 03:04:05.678 UTC [42] FATAL:  could not load pg_hba.conf',
      '2026-01-02 03:04:05.679 UTC [43] FATAL:  the database system is starting up',
      '2026-01-02 03:04:05.680 UTC [42] LOG:  database system is shut down',
    ].join('\n')
    expect(decisiveLine(output)).toBe('FATAL: could not load pg_hba.conf')
  })

  it('takes the message of the loader, which has no level', () => {
    const output = 'postgres: error while loading shared libraries: libz.so.1: cannot open shared object file\n'
    expect(decisiveLine(output)).toContain('libz.so.1')
  })

  it('has nothing to say about silence', () => {
    expect(decisiveLine('\n\n')).toBeUndefined()
  })
})
