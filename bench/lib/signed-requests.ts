import { makeSeededRandom } from '../../src/lib/seeded-random.ts'
import { Connection } from './connection.ts'
import { type Credentials, type Draft, drawRequest, type RequestKind } from './requests.ts'
import { FIRST_WORKED_KIND, type Shape, targetAt } from './shape.ts'

/** Verifying a password is slow on purpose; few at once is what the server lets through. */
const PRIMING_CONNECTIONS = 2

export type Face = 'renovationfind' | 'constructiononline'

/** A server and who may ask it. */
export interface Reached {
  readonly host: string
  readonly port: number
  readonly shape: Shape
  /** One a company, in the order of the shape. */
  readonly credentials: readonly Credentials[]
}

/** By what signs it: the portal's API takes the same tokens as RenovationFind's. */
export function faceOf(kind: RequestKind): Face {
  return kind.startsWith('constructiononline') ? 'constructiononline' : 'renovationfind'
}

/** Heads that sign requests, one a company; the request line goes before, Content-Length and body after. */
export function headsOf({ host, port, credentials }: Reached, face: Face): string[] {
  return credentials.map((company) => {
    const signature = face === 'renovationfind' ? bearer(company) : basic(company)
    return `host: ${host}:${port}\r\n${signature}content-type: application/json\r\n`
  })
}

function bearer({ token }: Credentials): string {
  return `authorization: Bearer ${token}\r\n`
}

function basic({ email, password, apiKey }: Credentials): string {
  const pair = Buffer.from(`${email}:${password}`).toString('base64')
  return `authorization: Basic ${pair}\r\napikey: ${apiKey}\r\n`
}

export function requestText({ method, path, body }: Draft, leadId: number, head: string, key: string | null): string {
  const keyed = key === null ? '' : `idempotency-key: ${key}\r\n`
  const sized = body === '' ? '' : `content-length: ${Buffer.byteLength(body)}\r\n`
  return `${method} ${path(leadId)} HTTP/1.1\r\n${head}${keyed}${sized}\r\n${body}`
}

/** Has the server check each company's credentials once, so that the measured time holds none of those first checks. */
export async function prime({ host, port, shape }: Reached, face: Face, heads: readonly string[]): Promise<void> {
  const draft = drawRequest(`${face}-get`, makeSeededRandom(0))
  const waiting = [...heads.keys()]
  const work = async () => {
    const connection = await Connection.open(host, port)
    for (let company = waiting.pop(); company !== undefined; company = waiting.pop()) {
      const place = company === 0 ? 0 : company + shape.bigLeads - 1
      const { leadId } = targetAt(shape, 0, place, FIRST_WORKED_KIND)
      const answer = await connection.send(requestText(draft, leadId, heads[company] ?? '', null))
      if (answer.status !== 200) throw new Error(`Priming failed: ${answer.status} ${answer.body.toString()}`)
    }
    connection.close()
  }
  await Promise.all(Array.from({ length: PRIMING_CONNECTIONS }, work))
}
