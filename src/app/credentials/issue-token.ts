import { checkDays, checkName } from '../../core/account-rules.ts'
import type { App } from '../app.ts'
import { grantToken, type IssuedToken } from './grant-token.ts'
import { orRefuse } from './or-refuse.ts'
import { requireCompany } from './require-company.ts'
import { currentSigningKey } from './signing-key.ts'

export interface TokenOrder {
  readonly companyId: number
  readonly name: string
  readonly days: number
}

/** Issues a bearer token. Refuses an unknown company, a bad name and a life outside 1 to 3650 days. */
export async function issueToken(app: App, order: TokenOrder): Promise<IssuedToken> {
  const name = orRefuse(checkName('name', order.name))
  const days = orRefuse(checkDays(order.days))
  const { id: companyId } = await requireCompany(app.db, order.companyId)
  const key = await currentSigningKey(app.db)
  return app.db.transaction((tx) => grantToken(tx, { key, companyId, name, days, now: app.clock() }))
}
