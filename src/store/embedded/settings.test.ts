import { describe, expect, it } from 'vitest'
import { serverArguments } from './settings.ts'

const GIGABYTE = 1024 ** 3

/** What PostgreSQL takes from the arguments: of equal names the last. */
function settingsOf(freeDisk: number, extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  const words = serverArguments({ socketFolder: '/run/socket', freeDisk, extra })
  expect(words.filter((_, i) => i % 2 === 0).every((word) => word === '-c')).toBe(true)
  const pairs = words.filter((_, i) => i % 2 === 1).map((word) => word.split('=', 2) as [string, string])
  return Object.fromEntries(pairs)
}

describe('the arguments of PostgreSQL', () => {
  it.each([
    [0, '80MB', '512MB'],
    [3 * GIGABYTE, '96MB', '512MB'],
    [16 * GIGABYTE, '512MB', '2048MB'],
    [1000 * GIGABYTE, '1024MB', '8192MB'],
  ])('keep and fill a log by the free disk: %d bytes', (freeDisk, least, most) => {
    const { min_wal_size, max_wal_size } = settingsOf(freeDisk)
    expect([min_wal_size, max_wal_size]).toEqual([least, most])
  })

  it('take pages by the memory, 4 GB at most', () => {
    const { shared_buffers = '' } = settingsOf(GIGABYTE)
    expect(shared_buffers).toMatch(/^\d+MB$/)
    expect(Number.parseInt(shared_buffers, 10)).toBeGreaterThanOrEqual(16)
    expect(Number.parseInt(shared_buffers, 10)).toBeLessThanOrEqual(4096)
  })

  it('are the caller’s where it has some, but never without fsync or with an open port', () => {
    const chosen = { max_connections: '300', fsync: 'off', full_page_writes: 'off', listen_addresses: '*' }
    const { max_connections, fsync, full_page_writes, listen_addresses } = settingsOf(GIGABYTE, chosen)
    expect([max_connections, fsync, full_page_writes, listen_addresses]).toEqual(['300', 'on', 'on', ''])
  })
})
