import { checkName } from '../../core/account-rules.ts'
import { refuse } from '../../core/errors.ts'
import { lockCompany } from '../../store/credentials/companies.ts'
import {
  type CompanyUserRow,
  countOtherAdmins,
  findCompanyUser,
  saveCompanyUser,
} from '../../store/credentials/company-users.ts'
import { deleteSessionsOf } from '../../store/credentials/sessions.ts'
import type { App } from '../app.ts'
import { orRefuse } from '../credentials/or-refuse.ts'
import { checkRole } from './check-role.ts'

/** Values of any kind, as they came. */
export interface UserEdit {
  readonly name?: unknown
  readonly role?: unknown
  readonly active?: unknown
}

/**
 * Changes a user of the company. Switching one off ends their sessions. Refuses an unknown user, and with
 * `user.last-admin` what would leave the company without an active admin.
 */
export async function editUser(app: App, companyId: number, id: number, edit: UserEdit): Promise<CompanyUserRow> {
  const changes = checkEdit(edit)
  const user = await app.db.transaction(async (tx) => {
    await lockCompany(tx, companyId)
    const before = await findCompanyUser(tx, companyId, id)
    if (before === null) refuse('request.not-found', 'The company has no such user.')
    const after = { ...before, ...changes }
    const staysAdmin = after.role === 'admin' && after.active
    const wasAdmin = before.role === 'admin' && before.active
    if (wasAdmin && !staysAdmin && (await countOtherAdmins(tx, companyId, id)) === 0) {
      refuse('user.last-admin', 'This is the last active admin of the company; make another user an admin first.')
    }
    await saveCompanyUser(tx, companyId, after)
    if (!after.active) await deleteSessionsOf(tx, id)
    return after
  })
  app.revocations.tell({ kind: 'user', id })
  return user
}

function checkEdit({ name, role, active }: UserEdit): Partial<Pick<CompanyUserRow, 'name' | 'role' | 'active'>> {
  if (active !== undefined && typeof active !== 'boolean') {
    refuse('field.invalid', '{active} must be true or false.', { field: 'active' })
  }
  return {
    ...(name === undefined ? {} : { name: orRefuse(checkName('name', name)) }),
    ...(role === undefined ? {} : { role: checkRole(role) }),
    ...(active === undefined ? {} : { active }),
  }
}
