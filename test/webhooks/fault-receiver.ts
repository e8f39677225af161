import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import { buffer } from 'node:stream/consumers'
import type { SeededRandom } from '../../src/lib/seeded-random.ts'

const TIMES_OUT = 1 / 4000
const FAILS = 1 / 3
const DOWN_MS = 300

/** What came of one lead. */
interface Told {
  /** Revision → digest of what was accepted. */
  readonly accepted: Map<number, string>
  highest: number
}

export interface Tally {
  calls: number
  accepted: number
  /** Accepted once more, with the same webhook-id and bytes. */
  repeated: number
  restarts: number
  /** Calls that the secret of the rotation signs, too. */
  byNewSecret: number
  /** What must not be, as text. */
  readonly faults: string[]
}

/** Whether a call is signed by a secret. */
export type Verifier = (call: { body: Buffer; headers: IncomingHttpHeaders }, secret: string) => boolean

const isSignedByHmac: Verifier = ({ body, headers }, secret) => {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const head = `${headers['webhook-id']}.${headers['webhook-timestamp']}.`
  const mac = createHmac('sha256', key).update(head).update(body).digest('base64')
  return String(headers['webhook-signature']).split(' ').includes(`v1,${mac}`)
}

/**
 * A receiver that fails a third of its calls by chance, leaves some without an answer, and is gone now and then. It
 * checks the signature of each call, and that of each lead nothing comes before all that is older was accepted.
 */
export class FaultReceiver {
  readonly tally: Tally = { calls: 0, accepted: 0, repeated: 0, restarts: 0, byNewSecret: 0, faults: [] }
  /** Set before the first call; it signs to the end. */
  secret = ''
  /** Once the secret is changed for another. */
  newSecret: string | null = null
  readonly #leads = new Map<number, Told>()
  readonly #random: SeededRandom
  readonly #isSigned: Verifier
  #server: Server | null = null
  #port = 0

  constructor(random: SeededRandom, isSigned: Verifier = isSignedByHmac) {
    this.#random = random
    this.#isSigned = isSigned
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/`
  }

  async open(): Promise<void> {
    const server = createServer((request, response) => void this.#take(request, response))
    server.listen(this.#port, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    this.#port = address.port
    this.#server = server
  }

  async close(): Promise<void> {
    const server = this.#server
    this.#server = null
    if (server === null) return
    server.close()
    server.closeAllConnections()
    await once(server, 'close')
  }

  /** Calls under way break, and for a moment nobody listens. */
  async restart(): Promise<void> {
    await this.close()
    this.tally.restarts += 1
    await new Promise((resolve) => setTimeout(resolve, DOWN_MS))
    await this.open()
  }

  /** Revisions of a lead that were accepted. */
  acceptedOf(leadId: number): ReadonlySet<number> {
    return new Set(this.#leads.get(leadId)?.accepted.keys())
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request).catch(() => null)
    if (body === null) return
    const id = String(request.headers['webhook-id'])
    const [, , lead, revision] = /^msg_(\d+)-(\d+)-(\d+)-/.exec(id) ?? []
    this.tally.calls += 1
    const told = this.#toldOf(Number(lead))
    this.#checkSignature(request, body)
    this.#checkOrder(told, id, Number(revision))
    if (this.#random.chance(TIMES_OUT)) return
    if (this.#random.chance(FAILS)) {
      response.writeHead(500).end('by chance')
      return
    }
    this.#accept(told, id, { revision: Number(revision), body })
    response.writeHead(200).end()
  }

  #accept(told: Told, id: string, { revision, body }: { revision: number; body: Buffer }): void {
    const digest = `${id} ${createHash('sha256').update(body).digest('base64')}`
    const before = told.accepted.get(revision)
    if (before === undefined) this.tally.accepted += 1
    else this.tally.repeated += 1
    if (before !== undefined && before !== digest)
      this.tally.faults.push(`${id} came again with other bytes or another id`)
    told.accepted.set(revision, digest)
    told.highest = Math.max(told.highest, revision)
  }

  #checkOrder(told: Told, id: string, revision: number): void {
    if (revision > told.highest + 1) this.tally.faults.push(`${id} came while ${told.highest} was the last accepted`)
  }

  #checkSignature({ headers }: IncomingMessage, body: Buffer): void {
    if (!this.#isSigned({ body, headers }, this.secret))
      this.tally.faults.push(`${headers['webhook-id']} is not signed`)
    if (this.newSecret !== null && this.#isSigned({ body, headers }, this.newSecret)) this.tally.byNewSecret += 1
  }

  #toldOf(leadId: number): Told {
    const told = this.#leads.get(leadId) ?? { accepted: new Map<number, string>(), highest: 0 }
    this.#leads.set(leadId, told)
    return told
  }
}
