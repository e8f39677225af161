import { listTokens as select, type TokenInfo } from '../../store/credentials/tokens.ts'
import type { App } from '../app.ts'
import { requireCompany } from './require-company.ts'

/** The newest 1,000 tokens of a company, revoked ones included. Refuses an unknown company. */
export async function listTokens(app: App, companyId: number): Promise<TokenInfo[]> {
  await requireCompany(app.db, companyId)
  return select(app.db, companyId)
}
