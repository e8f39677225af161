import { touchApiKey } from '../../store/credentials/api-keys.ts'
import { touchToken } from '../../store/credentials/tokens.ts'
import type { App } from '../app.ts'

/** Notes that a token was used just now, to the minute. */
export function noteTokenUse(app: App, tokenId: string): Promise<void> {
  return touchToken(app.db, tokenId, app.clock())
}

/** Notes that an API key was used just now, to the minute. */
export function noteApiKeyUse(app: App, apiKeyId: number): Promise<void> {
  return touchApiKey(app.db, apiKeyId, app.clock())
}
