import { type CompanyUserRow, listCompanyUsers } from '../../store/credentials/company-users.ts'
import type { App } from '../app.ts'

/** The users of a company by name, inactive ones included. */
export function listUsers(app: App, companyId: number): Promise<CompanyUserRow[]> {
  return listCompanyUsers(app.db, companyId)
}
