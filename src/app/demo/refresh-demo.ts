import { hashPassword } from '../../lib/password.ts'
import { makeReadablePassword } from '../../lib/readable-password.ts'
import { findLogin, savePassword } from '../../store/credentials/users.ts'
import { databaseInside } from '../../store/inside-transaction.ts'
import type { App } from '../app.ts'
import { issueApiKey } from '../credentials/issue-api-key.ts'
import { issueToken } from '../credentials/issue-token.ts'
import { type CompanySpec, DEMO_COMPANIES } from './company-spec.ts'
import type { DemoCompany } from './demo-company.ts'
import type { DemoOptions } from './seed-demo.ts'

const NAME = 'Demo'

/**
 * Gives each demo company of the store a new password, token and key, for when the file with the old ones is lost.
 * They are recognised by their e-mail addresses; resolves to none when the store has no demo company.
 */
export async function refreshDemo(app: App, options: DemoOptions): Promise<DemoCompany[]> {
  return app.db.transaction(async (tx) => {
    const inside: App = { ...app, db: databaseInside(tx, app.db.connection) }
    const companies: DemoCompany[] = []
    for (const spec of DEMO_COMPANIES) {
      const company = await refreshCompany(inside, spec, options)
      if (company !== null) companies.push(company)
    }
    return companies
  })
}

async function refreshCompany(app: App, spec: CompanySpec, { tokenDays }: DemoOptions): Promise<DemoCompany | null> {
  const login = await findLogin(app.db, spec.email)
  if (login === null || login.companyId === null) return null
  const { companyId, userId } = login
  const password = makeReadablePassword()
  await savePassword(app.db, userId, await hashPassword(password))
  const { token } = await issueToken(app, { companyId, name: NAME, days: tokenDays })
  const { key } = await issueApiKey(app, { companyId, name: NAME })
  return { name: spec.name, email: spec.email, password, token, apiKey: key }
}
