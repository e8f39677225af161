import { refuse } from '../../core/errors.ts'
import { isUuid } from '../../lib/uuid.ts'
import { revokeToken as update } from '../../store/credentials/tokens.ts'
import type { App } from '../app.ts'

/** Ends a token; this process honours that at once, every other within 5 seconds. Refuses one that the company does not have. */
export async function revokeToken(app: App, companyId: number, id: string): Promise<void> {
  const isKnown = isUuid(id) && Number.isSafeInteger(companyId) && (await update(app.db, companyId, id, app.clock()))
  if (!isKnown) refuse('request.not-found', 'The company has no such token.')
  app.revocations.tell({ kind: 'token', id })
}
