import type { TestServer } from '../../support/server.ts'

export interface Heard {
  readonly name: string
  readonly id: string | null
  readonly data: Record<string, unknown>
}

/** A client of GET /v1/events that keeps what it hears. */
export interface Listener {
  readonly heard: readonly Heard[]
  /** The id that the stream began with. */
  readonly heardFrom: string
  /** The id from which this client would resume. */
  lastId(): string
  /** Waits for an event that fits. */
  until(fits: (heard: Heard) => boolean): Promise<Heard>
  /** Resolves when the server has ended the stream. */
  readonly ended: Promise<void>
  leave(): void
}

const DEADLINE_MS = 10_000

/** Opens a stream; throws when the server refuses. */
export async function listen(
  { baseUrl }: Pick<TestServer, 'baseUrl'>,
  headers: Readonly<Record<string, string>>,
): Promise<Listener> {
  const leaving = new AbortController()
  const response = await fetch(`${baseUrl}/v1/events`, { headers, signal: leaving.signal })
  if (response.status !== 200 || response.body === null) throw new Error(`refused: ${response.status}`)
  const heard: Heard[] = []
  const place = { id: '' }
  const ended = read(response.body, (block) => take(block, heard, place))
  while (place.id === '') await pause()
  const heardFrom = place.id
  return {
    heard,
    heardFrom,
    lastId: () => place.id,
    ended,
    leave: () => leaving.abort(),
    async until(fits) {
      for (const deadline = Date.now() + DEADLINE_MS; Date.now() < deadline; await pause()) {
        const found = heard.find(fits)
        if (found !== undefined) return found
      }
      throw new Error(`never heard; only ${JSON.stringify(heard)}`)
    },
  }
}

export function bearer({ token }: { readonly token: string }): Record<string, string> {
  return { authorization: `Bearer ${token}` }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10))
}

/** Feeds each block between empty lines; ends with the stream, however it ends. */
async function read(body: ReadableStream<Uint8Array>, onBlock: (block: string) => void): Promise<void> {
  const decoder = new TextDecoder()
  let text = ''
  try {
    for await (const chunk of body) {
      text += decoder.decode(chunk, { stream: true })
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) onBlock(block)
    }
  } catch {
    // A stream that is cut, or left, is over like any other.
  }
}

function take(block: string, heard: Heard[], place: { id: string }): void {
  const fields = new Map(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  )
  const id = fields.get('id')
  if (id !== undefined) place.id = id
  const [name, data] = [fields.get('event'), fields.get('data')]
  if (name === undefined || data === undefined) return
  heard.push({ name, id: id ?? null, data: JSON.parse(data) as Record<string, unknown> })
}
