import type { FastifyInstance } from 'fastify'
import type { App } from '../../app/app.ts'
import { readStatistics } from '../../app/pipeline/read-statistics.ts'
import { readCounted } from '../kit/face.ts'
import { statisticsSchema } from './list-schemas.ts'
import { readStatisticsQuery } from './query.ts'

/** The figures behind the reports. */
export function addStatisticsRoutes(instance: FastifyInstance, app: App): void {
  instance.get('/statistics', { schema: statisticsSchema }, async (request, reply) => {
    const wish = readStatisticsQuery(request)
    const statistics = await readCounted(app, request, (caller) => readStatistics(app, caller, wish))
    return reply.type('application/json; charset=utf-8').send(JSON.stringify(statistics))
  })
}
