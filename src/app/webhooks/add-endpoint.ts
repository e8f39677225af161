import { refuse } from '../../core/errors.ts'
import { checkNewEndpoint, ENDPOINTS_MAX, type EndpointRules } from '../../core/webhooks/endpoint.ts'
import { countEndpoints, insertEndpoint } from '../../store/webhooks/endpoints.ts'
import { insertSecret } from '../../store/webhooks/secrets.ts'
import type { App } from '../app.ts'
import { orRefuse } from '../credentials/or-refuse.ts'
import { newSecret, sealSecret } from './secret.ts'
import { type EndpointView, showEndpoint } from './show-endpoints.ts'

export interface EndpointOrder {
  readonly companyId: number
  /** As the client sent it. */
  readonly input: Readonly<Record<string, unknown>>
  readonly rules: EndpointRules
}

export interface AddedEndpoint {
  readonly endpoint: EndpointView
  /** Given this once; the store has it sealed. */
  readonly secret: string
}

/** Adds an endpoint with its first secret. Whatever happens to a lead from then on is told to it. At most 20 a company. */
export async function addEndpoint(app: App, { companyId, input, rules }: EndpointOrder): Promise<AddedEndpoint> {
  const settings = orRefuse(checkNewEndpoint(input, rules))
  const createdAt = app.clock()
  const secret = newSecret()
  const endpointId = await app.db.transaction(async (tx) => {
    if ((await countEndpoints(tx, companyId)) >= ENDPOINTS_MAX) {
      refuse('limit.reached', `A company has at most ${ENDPOINTS_MAX} webhook endpoints; delete one first.`)
    }
    const { id } = await insertEndpoint(tx, companyId, { ...settings, createdAt })
    const key = { companyId, endpointId: id }
    await insertSecret(tx, key, { sealed: await sealSecret(app.secrets, key, secret), createdAt })
    return id
  })
  return { endpoint: await showEndpoint(app, companyId, endpointId), secret }
}
