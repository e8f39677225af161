import { checkLoginEmail, checkName, emailKey } from '../../core/account-rules.ts'
import { refuse } from '../../core/errors.ts'
import { hashPassword, passwordFault } from '../../lib/password.ts'
import { insertUser, type NewUserRow } from '../../store/credentials/users.ts'
import type { Tx } from '../../store/database.ts'
import { refusingWhenFull } from './busy.ts'
import { orRefuse } from './or-refuse.ts'

export interface UserInput {
  readonly email: string
  readonly name: string
  readonly password: string
}

/** Checks a new user and hashes the password, before any transaction is open. */
export async function prepareUser(input: UserInput): Promise<Omit<NewUserRow, 'companyId' | 'role'>> {
  const name = orRefuse(checkName('name', input.name))
  const email = orRefuse(checkLoginEmail(input.email))
  return { email, emailKey: emailKey(email), name, passwordHash: await hashNewPassword(input.password) }
}

/** The hash of a password that a user chose; refuses a weak one. */
export async function hashNewPassword(password: string): Promise<string> {
  const fault = passwordFault(password)
  if (fault !== null) refuse('field.invalid', `{password} ${fault}`, { field: 'password' })
  return refusingWhenFull(() => hashPassword(password))
}

/** The id of the new user; refuses an address that is taken. */
export async function createUser(tx: Tx, user: NewUserRow, now: Date): Promise<number> {
  const id = await insertUser(tx, user, now)
  return id ?? refuse('field.invalid', '{email} is the address of another user already.', { field: 'email' })
}
