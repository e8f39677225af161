import type { FastifyInstance } from 'fastify'
import { readHealth } from '../../app/health/read-health.ts'
import { callerOf } from '../kit/face.ts'
import { sendJson } from './body.ts'
import { DeskHealth } from './contract/health.ts'
import { operation, problems, success } from './describe.ts'
import type { NativeOptions } from './options.ts'

const SETTINGS = { access: 'settings' } as const

const schema = operation('Show how deliveries do', 'Outbox, webhooks, connections and mails of the company.', {
  response: { 200: success('As it is now.', DeskHealth), ...problems(403) },
})

/** How the company's deliveries and connections are doing. */
export function addHealthRoutes(instance: FastifyInstance, { app }: NativeOptions): void {
  instance.get('/health', { config: SETTINGS, schema }, async (request, reply) => {
    const { outbox, ...health } = await readHealth(app, callerOf(request).companyId)
    return sendJson(reply, { outbox: { waiting: outbox.depth, oldestSeconds: outbox.seconds }, ...health })
  })
}
