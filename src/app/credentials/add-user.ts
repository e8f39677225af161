import { refuse } from '../../core/errors.ts'
import { USER_ROLES, type UserRole } from '../../store/credentials/users.ts'
import type { App } from '../app.ts'
import { createUser, prepareUser, type UserInput } from './prepare-user.ts'
import { requireCompany } from './require-company.ts'

export interface NewUser extends UserInput {
  /** null for an operator, who belongs to no company. */
  readonly companyId: number | null
  readonly role: UserRole
}

export interface AddedUser {
  readonly id: number
  readonly companyId: number | null
  readonly email: string
  readonly name: string
  readonly role: UserRole
}

/** Adds a user. Refuses an unknown company, a taken e-mail address, a weak password, and a role without its company. */
export async function addUser(app: App, { companyId, role, ...input }: NewUser): Promise<AddedUser> {
  if (!USER_ROLES.includes(role)) {
    refuse('field.invalid', `{role} must be one of ${USER_ROLES.join(', ')}.`, { field: 'role' })
  }
  if ((role === 'operator') !== (companyId === null)) {
    const text = 'An operator belongs to no {company}; every other user belongs to one.'
    refuse('field.invalid', text, { field: 'company' })
  }
  if (companyId !== null) await requireCompany(app.db, companyId)
  const user = { companyId, role, ...(await prepareUser(input)) }
  const id = await app.db.transaction((tx) => createUser(tx, user, app.clock()))
  return { id, companyId, email: user.email, name: user.name, role }
}
