import { sha256 } from '../../lib/sha256.ts'
import { findOpenInvitation, type OpenInvitationRow } from '../../store/credentials/invitations.ts'
import type { App } from '../app.ts'
import { refuseLink } from './reset-password.ts'

/** What the link of an invitation stands for. Refuses with `link.invalid`. */
export async function showInvitation(app: App, token: string): Promise<OpenInvitationRow> {
  return (await findOpenInvitation(app.db, sha256(token), app.clock())) ?? refuseLink()
}
