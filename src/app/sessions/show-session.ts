import { refuse } from '../../core/errors.ts'
import { type AccountRow, findAccount } from '../../store/credentials/accounts.ts'
import type { App } from '../app.ts'

/** What signed-in users see of themselves; `company` is null for an operator. */
export interface SessionView {
  readonly user: Omit<AccountRow, 'company'>
  readonly company: AccountRow['company']
  /** Whether links go out by e-mail. */
  readonly mail: boolean
}

export async function showSession(app: App, userId: number): Promise<SessionView> {
  const account = await findAccount(app.db, userId)
  if (account === null) refuse('session.ended', 'The session has ended; sign in again.')
  const { company, ...user } = account
  return { user, company, mail: app.mail.isOn }
}
