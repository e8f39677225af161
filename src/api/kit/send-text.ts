import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'

/**
 * Sends a long text as it is made. The first piece is waited for, so that a store that is away is still an error answer;
 * after that a fault cuts the connection, as the status is out and a text that ends well would be a lie.
 */
export async function sendText(reply: FastifyReply, text: AsyncGenerator<string, void, void>): Promise<FastifyReply> {
  const first = await text.next()
  return reply.send(Readable.from(resume(reply, first.value ?? '', text)))
}

async function* resume(
  reply: FastifyReply,
  first: string,
  rest: AsyncGenerator<string, void, void>,
): AsyncGenerator<string, void, void> {
  try {
    yield first
    yield* rest
  } catch (error) {
    // While the compressor still holds everything back, the fault can be answered, but not under its encoding.
    if (!reply.raw.headersSent) {
      reply.removeHeader('content-encoding')
      reply.raw.removeHeader('content-encoding')
    }
    throw error
  }
}
