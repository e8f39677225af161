import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type TSchema, Type } from 'typebox'
import type { LiveChange } from '../../app/feed.ts'
import { replayChanges } from '../../app/live/replay-changes.ts'
import { refuse } from '../../core/errors.ts'
import { DELETED_STAGE } from '../../core/lead/board-stage.ts'
import { BOARD_STAGES, type BoardStage } from '../../core/lead/status-rules.ts'
import { decodeCursor, encodeCursor } from '../../lib/cursor.ts'
import { readInstant } from '../../lib/instant.ts'
import { chargeNow } from '../kit/face.ts'
import { cutShort } from '../kit/raw-body.ts'
import type { LiveEvent } from './contract/leads.ts'
import type { Shape } from './contract/parts.ts'
import { operation, problems } from './describe.ts'
import { EventStream, type ServerEvent } from './event-stream.ts'
import { makeLiveCheck } from './live-check.ts'
import type { NativeOptions } from './options.ts'
import { Seats } from './seats.ts'

/** How often the credentials of an open stream are looked at again. */
const CHECK_EVERY_MS = 3_000
const STREAMS_MAX = 2_000
const COMPANY_STREAMS_MAX = 200

const schema = operation(
  'Hear of changes as they happen',
  'Server-sent events: `lead` with a LiveEvent for each lead that changed, through whatever door, once lists show it; ' +
    '`reset` when changes may have been missed, so that everything shown must be asked for again. Changes in quick ' +
    'succession are told as one. Last-Event-ID resumes.',
  {
    headers: Type.Object({
      'Last-Event-ID': Type.Optional(Type.String({ description: 'Id of the last event that was heard.' })),
    }),
    response: {
      200: {
        description: 'The stream.',
        content: { 'text/event-stream': { schema: Type.String() } },
      } as unknown as TSchema,
      ...problems(400, 403),
    },
  },
)

/** Live changes of the caller's company. */
export function addEventRoutes(instance: FastifyInstance, options: NativeOptions): void {
  const { app } = options
  const streams = new OpenStreams(makeLiveCheck(options))
  instance.addHook('preClose', async () => streams.close())
  instance.get('/events', { schema, exposeHeadRoute: false }, async (request, reply) => {
    const caller = await chargeNow(app, request)
    const heardAt = readLastEventId(request, caller.companyId)
    const stream = streams.add(request, reply, caller.companyId)
    const { companyId } = caller
    const place = (at: string) => encodeCursor(listOf(companyId), [at])
    const tell = (change: LiveChange) => stream.send({ name: 'lead', id: place(change.at), data: toLiveEvent(change) })
    // Before the replay is read, so that nothing falls between the two; what both tell is told twice.
    const stop = app.feed.subscribe(companyId, { changed: tell, missed: () => stream.send(RESET) })
    reply.raw.once('close', stop)
    const missed = heardAt === null ? [] : await replayChanges(app, caller, heardAt)
    reply.hijack()
    stream.open(reply.getHeaders(), place(missed === null || heardAt === null ? app.clock().toISOString() : heardAt))
    if (missed === null) stream.send(RESET)
    else for (const change of missed) tell(change)
  })
}

const RESET: ServerEvent = { name: 'reset', data: {} }

/** The streams of this process: never too many, none for longer than its credentials hold, and none at the end. */
class OpenStreams {
  readonly #isLive: (request: FastifyRequest) => Promise<boolean>
  readonly #seats = new Seats(STREAMS_MAX, COMPANY_STREAMS_MAX)
  readonly #streams = new Set<EventStream>()
  #isClosing = false

  constructor(isLive: (request: FastifyRequest) => Promise<boolean>) {
    this.#isLive = isLive
  }

  add(request: FastifyRequest, { raw }: FastifyReply, companyId: number): EventStream {
    // A client that left while it was authenticated: `close` will not come any more, and its place would stay taken.
    if (raw.destroyed) throw cutShort()
    if (this.#isClosing) refuse('server.unavailable', 'The server is stopping.', { retryAfterSeconds: 2 })
    if (!this.#seats.take(companyId)) {
      refuse('server.busy', 'Too many streams of events are open.', { retryAfterSeconds: 30 })
    }
    const stream = new EventStream(raw)
    this.#streams.add(stream)
    const check = setInterval(() => void this.#check(request, stream), CHECK_EVERY_MS)
    raw.once('close', () => {
      clearInterval(check)
      this.#streams.delete(stream)
      this.#seats.leave(companyId)
    })
    return stream
  }

  close(): void {
    this.#isClosing = true
    for (const stream of this.#streams) stream.end()
  }

  async #check(request: FastifyRequest, stream: EventStream): Promise<void> {
    if (!(await this.#isLive(request))) stream.end()
  }
}

function listOf(companyId: number): unknown {
  return ['events', companyId]
}

/** The instant up to which a resuming client has heard everything; null for one that begins. */
function readLastEventId(request: FastifyRequest, companyId: number): string | null {
  const id = request.headers['last-event-id']
  if (id === undefined || id === '') return null
  const [at] = typeof id === 'string' ? (decodeCursor(listOf(companyId), id) ?? []) : []
  // Anybody can make such an id, and with it an instant that the store cannot read.
  const instant = typeof at === 'string' ? readInstant(at) : null
  return instant ?? refuse('request.header-invalid', 'Last-Event-ID is not an id of this stream.')
}

/** A deleted lead is told with the column that it left. */
function toLiveEvent({ leadId, revision, event, stage, previousStage }: LiveChange): Shape<typeof LiveEvent> {
  const before = previousStage === DELETED_STAGE ? null : previousStage
  const boardStage: BoardStage = stage === DELETED_STAGE ? (before ?? BOARD_STAGES[0]) : stage
  return { leadId, revision, event, boardStage, previousStage: before }
}
