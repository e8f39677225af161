import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { expect } from 'vitest'

/** A message as it came over the wire, its text decoded. */
export interface Received {
  readonly to: string
  readonly from: string
  readonly subject: string
  readonly text: string
  /** null in a message of text alone. */
  readonly html: string | null
  /** Its Message-ID. */
  readonly id: string
}

/** A real SMTP server on a loopback port that keeps what it gets. */
export interface MailServer {
  readonly url: string
  /** The next message to an address that was not taken yet; waits for it. */
  next(to: string): Promise<Received>
  count(to: string): number
  /** Answers the next message with this code instead of taking it. */
  answerOnce(code: number): void
  close(): Promise<void>
}

export async function openMailServer(): Promise<MailServer> {
  const received: Received[] = []
  const taken = new Set<Received>()
  let nextCode: number | null = null
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const code = nextCode
        nextCode = null
        if (code !== null) return done(Object.assign(new Error('not now'), { responseCode: code }))
        const { rcptTo, mailFrom } = session.envelope
        const from = mailFrom === false ? '' : mailFrom.address
        for (const { address } of rcptTo)
          received.push(readMessage(Buffer.concat(chunks).toString('utf8'), address, from))
        return done()
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  const isTo = (to: string) => (one: Received) => one.to.toLowerCase() === to.toLowerCase()
  return {
    url: `smtp://127.0.0.1:${port}`,
    async next(to) {
      const find = () => received.find((one) => isTo(to)(one) && !taken.has(one))
      await expect.poll(find, { timeout: 10_000 }).toBeDefined()
      const message = find()
      if (message === undefined) throw new Error('The message is gone.')
      taken.add(message)
      return message
    },
    count: (to) => received.filter(isTo(to)).length,
    answerOnce(code) {
      nextCode = code
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function readMessage(raw: string, to: string, from: string): Received {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const body = rest.join('\r\n\r\n')
  const id = /^message-id: (\S+)/im.exec(head)?.[1] ?? ''
  const subject = /^subject: (.*(?:\r\n[ \t].*)*)/im.exec(head)?.[1]?.replace(/\r\n\s+/g, ' ') ?? ''
  const boundary = /boundary="([^"]+)"/i.exec(head)?.[1]
  if (boundary === undefined) return { to, from, subject, id, text: decode(head, body), html: null }
  const parts = body.split(`--${boundary}`).map((part) => part.replace(/^\r\n|\r\n$/g, '').split('\r\n\r\n'))
  const find = (type: string) => parts.find(([partHead = '']) => partHead.includes(type)) ?? ['']
  const [text, page] = [find('text/plain'), find('text/html')]
  const decoded = ([partHead = '', ...partRest]: readonly string[]) => decode(partHead, partRest.join('\r\n\r\n'))
  return { to, from, subject, id, text: decoded(text), html: decoded(page) }
}

function decode(head: string, body: string): string {
  return /^content-transfer-encoding: quoted-printable/im.test(head) ? unquote(body) : body
}

function unquote(text: string): string {
  const bytes = text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => `%${hex}`)
  return decodeURIComponent(bytes.replace(/%(?![0-9A-F]{2})/g, '%25'))
}
