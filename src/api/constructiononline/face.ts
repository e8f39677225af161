import type { FastifyInstance } from 'fastify'
import type { App } from '../../app/app.ts'
import type { WindowLimit } from '../../core/rate-windows.ts'
import { makeBasicAuth } from '../kit/basic-auth.ts'
import { installFace } from '../kit/face.ts'
import { watchMethods } from '../kit/methods.ts'
import { takeRawBodies } from '../kit/raw-body.ts'
import { renderRefusal } from './errors.ts'
import { addLeadRoutes } from './lead-routes.ts'

export interface ConstructionOnlineOptions {
  readonly app: App
  readonly limits: readonly WindowLimit[]
}

/** Our choice: tells a program that keeps two systems in step which headers of its writes count here. */
const WRITE_GUARDS = 'idempotency-key, if-unmodified-since'

/** ConstructionOnline's Leads API, to be mounted at /api. */
export async function constructionOnlineFace(
  instance: FastifyInstance,
  { app, limits }: ConstructionOnlineOptions,
): Promise<void> {
  const authenticate = makeBasicAuth(app, { limits })
  installFace(instance, {
    app,
    authenticate: ({ headers, ip }) => {
      const apiKey = headers['apikey']
      return authenticate({
        authorization: headers.authorization,
        apiKey: typeof apiKey === 'string' ? apiKey : undefined,
        clientAddress: ip,
      })
    },
    render: renderRefusal,
    headers: { 'x-write-guards': WRITE_GUARDS },
  })
  takeRawBodies(instance)
  ignoreMalformedTypes(instance)
  // Answers are written as text already; the response schemas are for the documents.
  instance.setSerializerCompiler(() => JSON.stringify)
  const refuseOtherMethods = watchMethods(instance)
  addLeadRoutes(instance, app)
  refuseOtherMethods()
}

const MEDIA_TYPE = /^\s*[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(;|$)/

/** Fastify refuses a malformed Content-Type before any parser; here the type has no say, only the bytes have. */
function ignoreMalformedTypes(instance: FastifyInstance): void {
  instance.addHook('onRequest', ({ raw }, _reply, done) => {
    const type = raw.headers['content-type']
    if (type !== undefined && !MEDIA_TYPE.test(type)) delete raw.headers['content-type']
    done()
  })
}
