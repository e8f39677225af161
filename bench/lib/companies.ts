import type pg from 'pg'
import { issueApiKey } from '../../src/app/credentials/issue-api-key.ts'
import { issueToken } from '../../src/app/credentials/issue-token.ts'
import { readConfig } from '../../src/config.ts'
import { hashPassword } from '../../src/lib/password.ts'
import { openApp } from '../../src/open-app.ts'
import { insertCompany } from '../../src/store/credentials/companies.ts'
import { insertUser } from '../../src/store/credentials/users.ts'
import type { Connection } from '../../src/store/database.ts'
import { withClient } from './cluster.ts'
import type { Credentials } from './requests.ts'

const PASSWORD = 'a password for measuring only'
const TOKEN_DAYS = 365

/**
 * Makes companies, each with a user, a token and an API key, and keeps the secrets in a table of the measured database,
 * so that a seeded database can be used again. All users have one password: its hash is computed once.
 */
export async function makeCompanies(address: Connection, count: number): Promise<void> {
  const opened = openApp(readConfig({}, '/'), address, (_level, message) => console.error(message))
  try {
    const { app } = opened
    const passwordHash = await hashPassword(PASSWORD)
    const made: Credentials[] = []
    for (let n = 0; n < count; n += 1) {
      const email = `office-${n}@example.com`
      const { id: companyId } = await insertCompany(app.db, `Company ${n}`, app.clock())
      const user = { companyId, email, emailKey: email, name: `Office ${n}`, role: 'admin', passwordHash } as const
      await insertUser(app.db, user, app.clock())
      const { token } = await issueToken(app, { companyId, name: 'Measuring', days: TOKEN_DAYS })
      const { key } = await issueApiKey(app, { companyId, name: 'Measuring' })
      made.push({ companyId, email, password: PASSWORD, token, apiKey: key })
    }
    await withClient(address, (client) => keep(client, made))
  } finally {
    await opened.close()
  }
}

async function keep(client: pg.Client, made: readonly Credentials[]): Promise<void> {
  await client.query('CREATE TABLE bench_company (n integer PRIMARY KEY, credentials jsonb NOT NULL)')
  await client.query(
    'INSERT INTO bench_company SELECT ordinality - 1, value FROM jsonb_array_elements($1) WITH ORDINALITY',
    [JSON.stringify(made)],
  )
}

/** The companies of `makeCompanies`, in the order of the shape. */
export async function readCompanies(client: pg.Client): Promise<Credentials[]> {
  const { rows } = await client.query<{ credentials: Credentials }>('SELECT credentials FROM bench_company ORDER BY n')
  return rows.map(({ credentials }) => credentials)
}
