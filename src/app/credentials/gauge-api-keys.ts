import { gauge, type WindowGauge, type WindowLimit } from '../../core/rate-windows.ts'
import type { ApiKeyInfo } from '../../store/credentials/api-keys.ts'
import { findRateStates } from '../../store/credentials/rate-rows.ts'
import type { App } from '../app.ts'
import { apiKeySubject } from './grant-api-key.ts'
import { listApiKeys } from './list-api-keys.ts'

export interface GaugedApiKey extends ApiKeyInfo {
  readonly gauges: readonly WindowGauge[]
}

/** As `listApiKeys`, each with how far its rate windows are used up; without gauges where limits are off. */
export async function gaugeApiKeys(
  app: App,
  companyId: number,
  limits: readonly WindowLimit[],
): Promise<GaugedApiKey[]> {
  const keys = await listApiKeys(app, companyId)
  const states = await findRateStates(
    app.db,
    keys.map(({ id }) => apiKeySubject(id)),
  )
  const nowMs = app.clock().getTime()
  return keys.map((key) => ({ ...key, gauges: gauge(states.get(apiKeySubject(key.id)) ?? {}, limits, nowMs) }))
}
