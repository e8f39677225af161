import { checkDays, checkName } from '../../core/account-rules.ts'
import { insertCompany } from '../../store/credentials/companies.ts'
import type { App } from '../app.ts'
import { grantApiKey } from './grant-api-key.ts'
import { grantToken } from './grant-token.ts'
import { orRefuse } from './or-refuse.ts'
import { createUser, prepareUser } from './prepare-user.ts'
import { currentSigningKey } from './signing-key.ts'

export interface NewCompany {
  readonly name: string
  /** E-mail address and password of its first user, an admin. */
  readonly email: string
  readonly password: string
  /** The company's own name when absent. */
  readonly userName?: string | undefined
  readonly tokenDays: number
}

export interface AddedCompany {
  readonly company: { readonly id: number; readonly name: string }
  readonly userId: number
  readonly email: string
  /** Token and key are shown once: only their hashes are stored. */
  readonly token: string
  readonly apiKey: string
}

const FIRST_NAME = 'First'

/** Adds a company with its admin, one token and one API key: all of it or nothing. */
export async function addCompany(app: App, input: NewCompany): Promise<AddedCompany> {
  const name = orRefuse(checkName('name', input.name))
  const days = orRefuse(checkDays(input.tokenDays))
  const user = await prepareUser({ email: input.email, name: input.userName ?? name, password: input.password })
  const key = await currentSigningKey(app.db)
  const now = app.clock()
  return app.db.transaction(async (tx) => {
    const company = await insertCompany(tx, name, now)
    const userId = await createUser(tx, { ...user, companyId: company.id, role: 'admin' }, now)
    const { token } = await grantToken(tx, { key, companyId: company.id, name: FIRST_NAME, days, now })
    const { key: apiKey } = await grantApiKey(tx, { companyId: company.id, name: FIRST_NAME, now })
    return { company, userId, email: user.email, token, apiKey }
  })
}
