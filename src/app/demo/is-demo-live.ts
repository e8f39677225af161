import { RefusalError } from '../../core/errors.ts'
import { verifyPassword } from '../../lib/password.ts'
import { sha256 } from '../../lib/sha256.ts'
import { findLiveApiKey } from '../../store/credentials/api-keys.ts'
import { findLogin, type LoginRow } from '../../store/credentials/users.ts'
import type { App } from '../app.ts'
import { verifyToken } from '../credentials/verify-token.ts'
import { DEMO_COMPANIES } from './company-spec.ts'
import type { DemoCompany } from './demo-company.ts'

/** True when these are the demo companies of this store, at least one, and each of their secrets opens them. */
export async function isDemoLive(app: App, companies: readonly DemoCompany[]): Promise<boolean> {
  let liveCount = 0
  for (const { email } of DEMO_COMPANIES) {
    const login = await findLogin(app.db, email)
    if (login === null) continue
    const company = companies.find((candidate) => candidate.email === email)
    if (company === undefined || !(await opens(app, company, login))) return false
    liveCount += 1
  }
  return liveCount > 0 && liveCount === companies.length
}

async function opens(app: App, { password, token, apiKey }: DemoCompany, login: LoginRow): Promise<boolean> {
  const key = await findLiveApiKey(app.db, sha256(apiKey))
  if (key === null || key.companyId !== login.companyId) return false
  if ((await companyOfToken(app, token)) !== login.companyId) return false
  return verifyPassword(login.passwordHash, password)
}

async function companyOfToken(app: App, token: string): Promise<number | null> {
  try {
    const { companyId } = await verifyToken(app, { token, audience: 'renovationfind' }, app.clock().getTime())
    return companyId
  } catch (error) {
    if (error instanceof RefusalError && error.refusal.code === 'credentials.invalid') return null
    throw error
  }
}
