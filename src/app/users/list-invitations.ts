import { type InvitationRow, listInvitations as select } from '../../store/credentials/invitations.ts'
import type { App } from '../app.ts'

/** The open invitations of a company, newest first. */
export function listInvitations(app: App, companyId: number): Promise<InvitationRow[]> {
  return select(app.db, companyId, app.clock())
}
