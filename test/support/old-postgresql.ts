import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

const SSL_REQUEST = 80_877_103
/** What the server asks before anything else, by the setting that it cannot do without. */
const ASKS_VERSION = 'server_version_num'
const TEXT_OID = 25

export interface OldPostgresql {
  /** What DATABASE_URL takes. */
  readonly url: string
  close(): Promise<void>
}

/**
 * Speaks just enough of PostgreSQL's protocol, version 3, to be taken for a PostgreSQL 14, which no package of today
 * installs: everybody may log in, the question for the version is answered, every other statement is an error.
 */
export async function startOldPostgresql(): Promise<OldPostgresql> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    speak(socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `postgres://somebody:secret@127.0.0.1:${address.port}/leads`,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function speak(socket: Socket): void {
  let received: Buffer = Buffer.alloc(0)
  let isStarted = false
  let asked = ''
  socket.on('data', (data) => {
    received = Buffer.concat([received, data])
    for (;;) {
      // Only the messages before and with the startup have no letter in front of their length.
      const letters = isStarted ? 1 : 0
      if (received.length < letters + 4) return
      const end = letters + received.readInt32BE(letters)
      if (received.length < end) return
      const type = received.toString('latin1', 0, letters)
      const body = received.subarray(letters + 4, end)
      received = received.subarray(end)
      if (!isStarted) {
        const isSslRequest = body.readInt32BE(0) === SSL_REQUEST
        isStarted = !isSslRequest
        socket.write(isSslRequest ? 'N' : GREETING)
        continue
      }
      if (type === 'Q' || type === 'P') asked = body.toString()
      if (type === 'X') socket.end()
      else socket.write(answerTo(type, asked.includes(ASKS_VERSION)))
    }
  })
}

/** The answer to one message of the simple (Q) or the extended (P, B, D, E, S) protocol. */
function answerTo(type: string, isKnown: boolean): Buffer | string {
  const rows = Buffer.concat([row('140012', '14.12'), message('C', text('SELECT 1'))])
  switch (type) {
    case 'Q':
      return Buffer.concat([...(isKnown ? [columns('number', 'text'), rows] : [UNKNOWN]), READY])
    case 'P':
      return isKnown ? message('1') : UNKNOWN
    case 'B':
      return isKnown ? message('2') : ''
    case 'D':
      return isKnown ? columns('number', 'text') : ''
    case 'E':
      return isKnown ? rows : ''
    case 'S':
      return READY
    default:
      return ''
  }
}

function message(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body])
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeInt16BE(value)
  return bytes
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

function text(value: string): Buffer {
  return Buffer.from(`${value}\0`)
}

function columns(...names: readonly string[]): Buffer {
  // No table, no column number; a text of any length, without a modifier, sent as text.
  const each = names.flatMap((name) => [
    text(name),
    int32(0),
    int16(0),
    int32(TEXT_OID),
    int16(-1),
    int32(-1),
    int16(0),
  ])
  return message('T', int16(names.length), ...each)
}

function row(...values: readonly string[]): Buffer {
  const each = values.flatMap((value) => [int32(value.length), Buffer.from(value)])
  return message('D', int16(values.length), ...each)
}

const READY = message('Z', Buffer.from('I'))
const GREETING = Buffer.concat([message('R', int32(0)), message('S', text('server_version'), text('14.12')), READY])
const UNKNOWN = message('E', text('SERROR'), text('C0A000'), text('MThis is not a whole PostgreSQL.'), Buffer.alloc(1))
