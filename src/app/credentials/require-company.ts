import { refuse } from '../../core/errors.ts'
import { type CompanyRow, findCompany } from '../../store/credentials/companies.ts'
import type { Db } from '../../store/database.ts'

/** The company of an id, or the refusal `request.not-found`. */
export async function requireCompany(db: Db, id: number): Promise<CompanyRow> {
  const company = Number.isSafeInteger(id) && id > 0 ? await findCompany(db, id) : null
  return company ?? refuse('request.not-found', `There is no company ${id}.`)
}
