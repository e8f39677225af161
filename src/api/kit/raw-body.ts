import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { RefusalError, refusal } from '../../core/errors.ts'

/** JSON bodies of both wire APIs are small; more than this is refused with 413. */
export const BODY_BYTES_MAX = 1_000_000
/** A too large body is still read to its end up to here, so that the client gets the answer and not a reset. */
const DRAINED_BYTES_MAX = 64_000_000

/** Makes `request.body` the bytes as they came, whatever their Content-Type says. */
export function takeRawBodies(instance: FastifyInstance): void {
  instance.removeAllContentTypeParsers()
  // Fits every type, as '*' would; but which parser a type has is looked for once, and under '*' on each request.
  instance.addContentTypeParser(/^/, (_request: FastifyRequest, payload: IncomingMessage) => readAll(payload))
}

/** By events: iterating the stream asynchronously costs a fiftieth of a whole request. */
function readAll(payload: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    // A client that left while it was authenticated: none of the events below will come any more.
    if (hasLeft(payload)) return reject(cutShort())
    payload.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= BODY_BYTES_MAX) chunks.push(chunk)
      else chunks.length = 0
      if (size > DRAINED_BYTES_MAX) reject(tooLarge())
    })
    payload.on('end', () => {
      if (size > BODY_BYTES_MAX) reject(tooLarge())
      else resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks))
    })
    payload.on('error', reject)
    payload.on('close', () => {
      // Every request ends so; making an error costs more than reading a body.
      if (!payload.readableEnded) reject(cutShort())
    })
  })
}

/** True when the client is gone and not all of its body came. */
export function hasLeft(payload: IncomingMessage): boolean {
  return payload.destroyed && !payload.readableEnded
}

export function cutShort(): RefusalError {
  return new RefusalError(refusal('body.invalid', 'The body was cut short.'))
}

function tooLarge(): RefusalError {
  return new RefusalError(refusal('body.too-large', `The body must have at most ${BODY_BYTES_MAX} bytes.`))
}

/** The bytes of a request whose route takes raw bodies; empty when it had none. */
export function bytesOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
}
