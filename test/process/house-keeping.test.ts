import { mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { addCompany } from '../../src/app/credentials/add-company.ts'
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

it('house-keeping removes sessions, challenges and links that are over, and no others', async () => {
  const { connection, drop } = await freshDatabase()
  const opened = openApp(readConfig({}, '/'), connection, () => undefined)
  onTestFinished(async () => {
    await opened.close()
    await drop()
  })
  const { db } = opened.app
  const owner = { name: 'Elm', email: 'office@elm.example', password: 'long enough for all', tokenDays: 1 }
  const { userId, company } = await addCompany(opened.app, owner)
  for (const [name, life] of [
    ['over', '-1 second'],
    ['open', '1 minute'],
  ] as const) {
    const at = `now() + interval '${life}'`
    const hash = Buffer.from(name)
    await db.query({
      text: `INSERT INTO app_session VALUES ($1, $2, now(), now(), ${at}, '', '')`,
      values: [hash, userId],
    })
    await db.query({ text: `INSERT INTO login_challenge VALUES ($1, $2, '', ${at})`, values: [hash, userId] })
    await db.query({ text: `INSERT INTO password_reset VALUES ($1, $2, ${at})`, values: [hash, userId] })
    await db.query({
      text: `INSERT INTO invitation (company_id, email, email_key, role, token_hash, invited_by, created_at, expires_at)
        VALUES ($1, $2, $2, 'member', $3, '', now(), ${at})`,
      values: [company.id, name, hash],
    })
  }
  await sweep(opened.app)
  for (const table of ['app_session', 'login_challenge', 'password_reset', 'invitation']) {
    const rows = await db.query<{ hash: Buffer }>({ text: `SELECT token_hash AS hash FROM ${table}` })
    expect(
      rows.map(({ hash }) => hash.toString()),
      table,
    ).toEqual(['open'])
  }
})
