import { checkName } from '../../core/account-rules.ts'
import type { App } from '../app.ts'
import { grantApiKey, type IssuedApiKey } from './grant-api-key.ts'
import { orRefuse } from './or-refuse.ts'
import { requireCompany } from './require-company.ts'

export interface ApiKeyOrder {
  readonly companyId: number
  readonly name: string
}

/** Issues an API key. Refuses an unknown company and a bad name. */
export async function issueApiKey(app: App, order: ApiKeyOrder): Promise<IssuedApiKey> {
  const name = orRefuse(checkName('name', order.name))
  const { id: companyId } = await requireCompany(app.db, order.companyId)
  return app.db.transaction((tx) => grantApiKey(tx, { companyId, name, now: app.clock() }))
}
