import { refuse } from '../../core/errors.ts'
import { revokeApiKey as update } from '../../store/credentials/api-keys.ts'
import type { App } from '../app.ts'

/** Ends an API key; this process honours that at once, every other within 5 seconds. Refuses one that the company does not have. */
export async function revokeApiKey(app: App, companyId: number, id: number): Promise<void> {
  const isKnown =
    Number.isSafeInteger(id) && Number.isSafeInteger(companyId) && (await update(app.db, companyId, id, app.clock()))
  if (!isKnown) refuse('request.not-found', 'The company has no such API key.')
  app.revocations.tell({ kind: 'api-key', id })
}
