import type { FastifyInstance } from 'fastify'
import type { App } from '../../app/app.ts'
import { installFace } from '../kit/face.ts'
import { watchMethods } from '../kit/methods.ts'
import { renderProblem } from '../kit/problem.ts'
import { takeRawBodies } from '../kit/raw-body.ts'
import { makeTokenAuth } from '../kit/token-auth.ts'

export interface NativeOptions {
  readonly app: App
  /** Size of one attached file at most. */
  readonly attachmentBytesMax: number
}

/** Leadwright's own API, to be mounted at /v1: everything that the portal does. */
export async function nativeFace(instance: FastifyInstance, { app }: NativeOptions): Promise<void> {
  const authenticate = makeTokenAuth(app, { face: 'native', limits: [] })
  installFace(instance, {
    app,
    authenticate: (request) => authenticate(request.headers.authorization),
    render: renderProblem,
  })
  takeRawBodies(instance)
  const refuseOtherMethods = watchMethods(instance)
  refuseOtherMethods()
}
