import { mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { sweep } from '../../src/jobs/house-keeping.ts'
import { openApp } from '../../src/open-app.ts'
import { freshDatabase } from '../support/database.ts'

it('house-keeping removes what uploads of a killed server left in the temporary folder', async () => {
  const temporary = await mkdtemp(path.join(tmpdir(), 'leadwright-test-'))
  vi.stubEnv('TMPDIR', temporary)
  const { connection, drop } = await freshDatabase()
  const opened = openApp(readConfig({}, '/'), connection, () => undefined)
  onTestFinished(async () => {
    vi.unstubAllEnvs()
    await opened.close()
    await drop()
    await rm(temporary, { recursive: true })
  })
  const dayBefore = new Date(Date.now() - 25 * 3_600_000)
  await mkdir(path.join(temporary, 'leadwright-upload-old'))
  await utimes(path.join(temporary, 'leadwright-upload-old'), dayBefore, dayBefore)
  await mkdir(path.join(temporary, 'leadwright-upload-new'))
  await sweep(opened.app)
  expect(await readdir(temporary)).toEqual(['leadwright-upload-new'])
})
