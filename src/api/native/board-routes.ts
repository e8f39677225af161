import type { FastifyInstance } from 'fastify'
import type { App } from '../../app/app.ts'
import { readBoard } from '../../app/pipeline/read-board.ts'
import { readBoardColumn } from '../../app/pipeline/read-board-column.ts'
import type { BoardColumn } from '../../app/pipeline/read-columns.ts'
import { readToday, type TodayList } from '../../app/pipeline/read-today.ts'
import { readCounted } from '../kit/face.ts'
import { toCard } from './card.ts'
import { boardSchema, columnSchema, todaySchema } from './list-schemas.ts'
import { readBoardQuery, readParameters, readStage } from './query.ts'

const JSON_TYPE = 'application/json; charset=utf-8'

/** The board, column by column, and what the office should look at now. */
export function addBoardRoutes(instance: FastifyInstance, app: App): void {
  instance.get('/board', { schema: boardSchema }, async (request, reply) => {
    const wish = readBoardQuery(request, 'first')
    const columns = await readCounted(app, request, (caller) => readBoard(app, caller, wish))
    const now = app.clock().toISOString()
    return reply.type(JSON_TYPE).send(JSON.stringify({ columns: columns.map((column) => toColumn(column, now)) }))
  })

  instance.get('/board/:boardStage', { schema: columnSchema }, async (request, reply) => {
    const stage = readStage((request.params as { boardStage: string }).boardStage)
    const wish = { stage, ...readBoardQuery(request, 'any') }
    const column = await readCounted(app, request, (caller) => readBoardColumn(app, caller, wish))
    return reply.type(JSON_TYPE).send(JSON.stringify(toColumn(column, app.clock().toISOString())))
  })

  instance.get('/today', { schema: todaySchema }, async (request, reply) => {
    readParameters(request, [])
    const today = await readCounted(app, request, (caller) => readToday(app, caller))
    const now = app.clock().toISOString()
    const list = ({ count, countIsExact, leads }: TodayList) => ({
      count,
      countIsExact,
      leads: leads.map((lead) => toCard(lead, now)),
    })
    const { offers, requiresAction, nextActions, newest } = today
    const body = {
      offers: list(offers),
      requiresAction: list(requiresAction),
      nextActions: list(nextActions),
      newest: list(newest),
    }
    return reply.type(JSON_TYPE).send(JSON.stringify(body))
  })
}

function toColumn({ stage, leads, ...column }: BoardColumn, now: string): Record<string, unknown> {
  const { count, countIsExact, amount, nextCursor } = column
  return { boardStage: stage, count, countIsExact, amount, leads: leads.map((lead) => toCard(lead, now)), nextCursor }
}
