import type { FastifyInstance } from 'fastify'
import type { App } from '../../app/app.ts'
import type { WindowLimit } from '../../core/rate-windows.ts'
import { installFace } from '../kit/face.ts'
import { watchMethods } from '../kit/methods.ts'
import { takeRawBodies } from '../kit/raw-body.ts'
import { makeTokenAuth } from '../kit/token-auth.ts'
import { addAttachmentRoutes, attachmentUploadRoutes } from './attachment-routes.ts'
import { renderRefusal } from './errors.ts'
import { addLeadRoutes } from './lead-routes.ts'
import { addListRoutes } from './list-routes.ts'
import { addReferralRoutes } from './referral-routes.ts'

export interface RenovationFindOptions {
  readonly app: App
  readonly limits: readonly WindowLimit[]
  /** Size of one attached file at most. */
  readonly attachmentBytesMax: number
}

/** Our choice: tells a program that keeps two systems in step which headers of a lead's writes count here. */
const WRITE_GUARDS = 'idempotency-key, if-match'

/** RenovationFind's vendor API, to be mounted at /rest-api-v1. */
export async function renovationFindFace(
  instance: FastifyInstance,
  { app, limits, attachmentBytesMax }: RenovationFindOptions,
): Promise<void> {
  const authenticate = makeTokenAuth(app, { face: 'renovationfind', limits })
  installFace(instance, {
    app,
    authenticate: (request) => authenticate(request.headers.authorization),
    render: renderRefusal,
    headers: { 'x-write-guards': WRITE_GUARDS },
  })
  takeRawBodies(instance)
  const refuseOtherMethods = watchMethods(instance)
  addListRoutes(instance, app)
  addLeadRoutes(instance, app)
  addAttachmentRoutes(instance, app)
  addReferralRoutes(instance, app)
  await instance.register(attachmentUploadRoutes, { app, attachmentBytesMax })
  refuseOtherMethods()
}
