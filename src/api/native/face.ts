import cookie from '@fastify/cookie'
import type { FastifyInstance } from 'fastify'
import { installFace } from '../kit/face.ts'
import { watchMethods } from '../kit/methods.ts'
import { renderProblem } from '../kit/problem.ts'
import { takeRawBodies } from '../kit/raw-body.ts'
import { addAccountRoutes } from './account-routes.ts'
import { addAttachmentRoutes, attachmentUploadRoutes } from './attachment-routes.ts'
import { addBoardRoutes } from './board-routes.ts'
import { addCompanyRoutes } from './company-routes.ts'
import { addConflictRoutes } from './conflict-routes.ts'
import { addConnectionRoutes } from './connection-routes.ts'
import { addCredentialRoutes } from './credential-routes.ts'
import { addEventRoutes } from './event-routes.ts'
import { addHealthRoutes } from './health-routes.ts'
import { heedKeys } from './keyed-writes.ts'
import { addLeadRoutes } from './lead-routes.ts'
import { addLeadWriteRoutes } from './lead-write-routes.ts'
import { addListRoutes } from './list-routes.ts'
import { makeNativeAuth } from './native-auth.ts'
import { addOperatorRoutes } from './operator-routes.ts'
import type { NativeOptions } from './options.ts'
import { addRuleRoutes } from './rule-routes.ts'
import { addSessionRoutes } from './session-routes.ts'
import { addStatisticsRoutes } from './statistics-routes.ts'
import { addTimelineRoutes } from './timeline-routes.ts'
import { addUserRoutes } from './user-routes.ts'
import { addWebhookRoutes } from './webhook-routes.ts'

/** Leadwright's own API, to be mounted at /v1: everything that the portal does. */
export async function nativeFace(instance: FastifyInstance, options: NativeOptions): Promise<void> {
  const { app } = options
  await instance.register(cookie)
  instance.decorateRequest('signedIn', null)
  installFace(instance, { app, authenticate: makeNativeAuth(options), render: renderProblem })
  takeRawBodies(instance)
  heedKeys(instance, app)
  const refuseOtherMethods = watchMethods(instance)
  addSessionRoutes(instance, options)
  addAccountRoutes(instance, options)
  addUserRoutes(instance, options)
  addCompanyRoutes(instance, options)
  addCredentialRoutes(instance, options)
  addConnectionRoutes(instance, options)
  addConflictRoutes(instance, app)
  addOperatorRoutes(instance, options)
  addLeadRoutes(instance, app)
  addLeadWriteRoutes(instance, app)
  addTimelineRoutes(instance, app)
  addAttachmentRoutes(instance, app)
  await instance.register(attachmentUploadRoutes, { app, attachmentBytesMax: options.attachmentBytesMax })
  addRuleRoutes(instance, app)
  addListRoutes(instance, app)
  addBoardRoutes(instance, app)
  addStatisticsRoutes(instance, app)
  addEventRoutes(instance, options)
  addHealthRoutes(instance, options)
  addWebhookRoutes(instance, options)
  refuseOtherMethods()
}
