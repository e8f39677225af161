import { type ApiKeyInfo, listApiKeys as select } from '../../store/credentials/api-keys.ts'
import type { App } from '../app.ts'
import { requireCompany } from './require-company.ts'

/** The newest 1,000 API keys of a company, revoked ones included. Refuses an unknown company. */
export async function listApiKeys(app: App, companyId: number): Promise<ApiKeyInfo[]> {
  await requireCompany(app.db, companyId)
  return select(app.db, companyId)
}
