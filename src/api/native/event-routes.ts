import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type TSchema, Type } from 'typebox'
import type { LiveChange, LiveListener, LivePlace } from '../../app/feed.ts'
import { replayChanges } from '../../app/live/replay-changes.ts'
import { refuse } from '../../core/errors.ts'
import { DELETED_STAGE } from '../../core/lead/board-stage.ts'
import { BOARD_STAGES, type BoardStage } from '../../core/lead/status-rules.ts'
import { decodeCursor, encodeCursor } from '../../lib/cursor.ts'
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
    'succession are told as one. Last-Event-ID resumes without a gap, at any process of the installation; what lies too ' +
    'far back for that is a `reset`.',
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
  const route = { config: { unattended: true }, schema, exposeHeadRoute: false } as const
  instance.get('/events', route, async (request, reply) => {
    const caller = await chargeNow(app, request)
    const heard = readLastEventId(request, caller.companyId)
    const telling = new Telling(caller.companyId, app.feed.place)
    const stream = streams.add(request, reply, caller.companyId, () => telling.id())
    // Before the replay is read, so that nothing falls between the two.
    const stop = app.feed.subscribe(caller.companyId, telling)
    reply.raw.once('close', stop)
    const { changes, place } = await replayChanges(app, caller, heard)
    reply.hijack()
    stream.open(reply.getHeaders(), encodePlace(caller.companyId, changes === null || heard === null ? place : heard))
    telling.begin(changes, place, (event) => stream.send(event))
  })
}

const RESET: ServerEvent = { name: 'reset', data: {} }

/** What one stream tells, in the order of the announcements; what comes before the replay is over waits for that. */
class Telling implements LiveListener {
  readonly #companyId: number
  readonly #newest: () => LivePlace | null
  /** Everything up to here was told. */
  #at: LivePlace | null = null
  #waiting: LiveChange[] = []
  #hasMissed = false
  #send: ((event: ServerEvent) => void) | null = null

  constructor(companyId: number, newest: () => LivePlace | null) {
    this.#companyId = companyId
    this.#newest = newest
  }

  begin(changes: readonly LiveChange[] | null, place: LivePlace, send: (event: ServerEvent) => void): void {
    this.#send = send
    if (changes === null || this.#hasMissed) send(RESET)
    for (const change of changes ?? []) this.#tell(change, send)
    this.#at = place
    for (const change of this.#waiting) this.changed(change)
    this.#waiting = []
  }

  changed(change: LiveChange): void {
    if (this.#send === null) this.#waiting.push(change)
    else if (this.#at === null || isBehind(change.place, this.#at)) this.#tell(change, this.#send)
  }

  missed(): void {
    this.#hasMissed = true
    this.#at = null
    this.#send?.(RESET)
  }

  /** Where a client resumes that has heard all that was sent; null when nothing is known. */
  id(): string | null {
    const newest = this.#newest()
    const place = newest === null || (this.#at !== null && !isBehind(newest, this.#at)) ? this.#at : newest
    return place === null ? null : encodePlace(this.#companyId, place)
  }

  /** A client that hears only some of an announcement resumes before it. */
  #tell(change: LiveChange, send: (event: ServerEvent) => void): void {
    const id = change.isLast ? { id: encodePlace(this.#companyId, change.place) } : {}
    send({ name: 'lead', ...id, data: toLiveEvent(change) })
    if (change.isLast && this.#at !== null) this.#at = change.place
  }
}

/** Ids begin anew after a crash of the store, but time goes on. */
function isBehind(place: LivePlace, other: LivePlace): boolean {
  return place.id > other.id || place.tag > other.tag
}

/** The streams of this process: never too many, none for longer than its credentials hold, and none at the end. */
class OpenStreams {
  readonly #isLive: (request: FastifyRequest) => Promise<boolean>
  readonly #seats = new Seats(STREAMS_MAX, COMPANY_STREAMS_MAX)
  readonly #streams = new Set<EventStream>()
  #isClosing = false

  constructor(isLive: (request: FastifyRequest) => Promise<boolean>) {
    this.#isLive = isLive
  }

  add(request: FastifyRequest, { raw }: FastifyReply, companyId: number, placeOf: () => string | null): EventStream {
    // A client that left while it was authenticated: `close` will not come any more, and its place would stay taken.
    if (raw.destroyed) throw cutShort()
    if (this.#isClosing) refuse('server.unavailable', 'The server is stopping.', { retryAfterSeconds: 2 })
    if (!this.#seats.take(companyId)) {
      refuse('server.busy', 'Too many streams of events are open.', { retryAfterSeconds: 30 })
    }
    const stream = new EventStream(raw, placeOf)
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

function encodePlace(companyId: number, { id, tag }: LivePlace): string {
  return encodeCursor(listOf(companyId), [id, tag])
}

/** The place up to which a resuming client has heard everything; null for one that begins. */
function readLastEventId(request: FastifyRequest, companyId: number): LivePlace | null {
  const text = request.headers['last-event-id']
  if (text === undefined || text === '') return null
  const [id, tag] = typeof text === 'string' ? (decodeCursor(listOf(companyId), text) ?? []) : []
  // Anybody can make such an id, and with it numbers that the store cannot read.
  if (isPlaceNumber(id) && isPlaceNumber(tag)) return { id, tag }
  refuse('request.header-invalid', 'Last-Event-ID is not an id of this stream.')
}

function isPlaceNumber(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

/** A deleted lead is told with the column that it left. */
function toLiveEvent({ leadId, revision, event, stage, previousStage }: LiveChange): Shape<typeof LiveEvent> {
  const before = previousStage === DELETED_STAGE ? null : previousStage
  const boardStage: BoardStage = stage === DELETED_STAGE ? (before ?? BOARD_STAGES[0]) : stage
  return { leadId, revision, event, boardStage, previousStage: before }
}
