import type { FastifyInstance } from 'fastify'
import type { App } from '../../app/app.ts'
import type { WindowLimit } from '../../core/rate-windows.ts'
import { installFace } from '../kit/face.ts'
import { takeRawBodies } from '../kit/raw-body.ts'
import { makeTokenAuth } from '../kit/token-auth.ts'
import { renderRefusal } from './errors.ts'
import { addLeadRoutes } from './lead-routes.ts'

export interface RenovationFindOptions {
  readonly app: App
  readonly limits: readonly WindowLimit[]
}

/** RenovationFind's vendor API, to be mounted at /rest-api-v1. */
export async function renovationFindFace(
  instance: FastifyInstance,
  { app, limits }: RenovationFindOptions,
): Promise<void> {
  const authenticate = makeTokenAuth(app, { face: 'renovationfind', limits })
  installFace(instance, {
    app,
    authenticate: (request) => authenticate(request.headers.authorization),
    render: renderRefusal,
  })
  takeRawBodies(instance)
  addLeadRoutes(instance, app)
}
