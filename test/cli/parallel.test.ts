import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'

const MAIN = path.resolve(import.meta.dirname, '../../src/cli/main.ts')
const run = promisify(execFile)

let dataDir: string

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'leadwright-parallel-'))
  await command('company', 'add', '--name', 'Parallel', '--email', 'p@example.com', '--password', 'long enough words')
}, 60_000)

afterAll(() => rm(dataDir, { recursive: true, force: true }))

async function command(...args: string[]): Promise<unknown> {
  const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: dataDir }
  const { stdout } = await run(process.execPath, [MAIN, ...args, '--json'], { env })
  return JSON.parse(stdout)
}

it('commands that start at once on a stopped data folder all do their work, round after round', async () => {
  for (let round = 0; round < 5; round += 1) {
    const lists = await Promise.all([1, 2, 3].map(() => command('token', 'list', '--company', '1001')))
    expect(lists).toEqual(
      Array.from({ length: 3 }, () => ({ tokens: [expect.objectContaining({ name: expect.any(String) })] })),
    )
  }
}, 90_000)
