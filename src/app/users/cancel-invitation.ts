import { refuse } from '../../core/errors.ts'
import { deleteInvitation } from '../../store/credentials/invitations.ts'
import type { App } from '../app.ts'

/** Makes an invitation's link lead nowhere. Refuses one that the company does not have. */
export async function cancelInvitation(app: App, companyId: number, id: number): Promise<void> {
  if (!(await deleteInvitation(app.db, companyId, id))) {
    refuse('request.not-found', 'The company has no such invitation.')
  }
}
