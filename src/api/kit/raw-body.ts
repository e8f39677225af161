import type { FastifyInstance, FastifyRequest } from 'fastify'
import { RefusalError, refusal } from '../../core/errors.ts'

/** JSON bodies of both wire APIs are small; more than this is refused with 413. */
export const BODY_BYTES_MAX = 1_000_000
/** A too large body is still read to its end up to here, so that the client gets the answer and not a reset. */
const DRAINED_BYTES_MAX = 64_000_000

/** Makes `request.body` the bytes as they came, whatever their Content-Type says. */
export function takeRawBodies(instance: FastifyInstance): void {
  instance.removeAllContentTypeParsers()
  instance.addContentTypeParser('*', async (_request: FastifyRequest, payload: AsyncIterable<Buffer>) =>
    readAll(payload),
  )
}

async function readAll(payload: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of payload) {
    size += chunk.length
    if (size > DRAINED_BYTES_MAX) break
    if (size <= BODY_BYTES_MAX) chunks.push(chunk)
    else chunks.length = 0
  }
  if (size > BODY_BYTES_MAX) {
    throw new RefusalError(refusal('body.too-large', `The body must have at most ${BODY_BYTES_MAX} bytes.`))
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)
}

/** The bytes of a request whose route takes raw bodies; empty when it had none. */
export function bytesOf(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
}
