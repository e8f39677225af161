import { connect } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashPassword } from '../../src/lib/password.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { basic, changesOf, GREG, type LeadRecord, newClient, type OnlineClient } from './client.ts'

let server: TestServer
let online: OnlineClient

beforeAll(async () => {
  server = await startServer()
  online = await newClient(server)
})
afterAll(() => server.close())

interface RawAnswer {
  readonly status: number
  readonly head: string
  readonly record: LeadRecord
}

/** Sends exactly these bytes over a connection of its own and reads one answer by its Content-Length. */
function exchange(lines: readonly string[], body: Buffer): Promise<RawAnswer> {
  const { hostname, port } = new URL(server.baseUrl)
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect(Number(port), hostname, () => {
      socket.write(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]))
    })
    socket.on('error', reject)
    socket.on('end', () => reject(new Error('the connection ended before the answer')))
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      const all = Buffer.concat(chunks)
      const end = all.indexOf('\r\n\r\n')
      const head = all.subarray(0, Math.max(end, 0)).toString('latin1')
      const length = Number(/^content-length: (\d+)/im.exec(head)?.[1])
      if (end < 0 || all.length < end + 4 + length) return
      socket.destroy()
      const content = all.subarray(end + 4)
      const text = (/^content-encoding: gzip/im.test(head) ? gunzipSync(content) : content).toString('utf8')
      resolve({ status: Number(head.split(' ', 2)[1]), head, record: JSON.parse(text) })
    })
  })
}

function utf32LittleEndian(text: string): Buffer {
  const points = [...text].map((character) => character.codePointAt(0) ?? 0)
  const bytes = Buffer.alloc(points.length * 4)
  points.forEach((point, index) => {
    bytes.writeUInt32LE(point, index * 4)
  })
  return bytes
}

const host = () => `Host: ${new URL(server.baseUrl).host}`
const authorization = (encoding: BufferEncoding = 'utf8') =>
  `Authorization: ${basic(online.company.email, online.company.password, encoding)}`
const SAMPLE = '{\n\n"LEAD_QUALITY" : "3",\n"LEAD_VALUE" : "40000"\n\n}'

function curlHead(method: string, path: string, body: Buffer): string[] {
  return [
    `${method} ${path} HTTP/1.1`,
    host(),
    authorization(),
    'User-Agent: curl/7.88.1',
    'Accept: */*',
    `APIKey:${online.company.apiKey}`,
    `Content-Length: ${body.length}`,
    'Content-Type: application/x-www-form-urlencoded',
  ]
}

function pythonHead(path: string, type: string | null, body: Buffer): string[] {
  return [
    `PUT ${path} HTTP/1.1`,
    host(),
    'User-Agent: python-requests/2.34.2',
    'Accept-Encoding: gzip, deflate, br',
    'Accept: */*',
    'Connection: keep-alive',
    `APIKey: ${online.company.apiKey}`,
    authorization(),
    `Content-Length: ${body.length}`,
    ...(type === null ? [] : [`Content-Type: ${type}`]),
  ]
}

async function expectSampleApplied(id: unknown, answer: RawAnswer): Promise<void> {
  expect(answer.status).toBe(200)
  expect(answer.record).toMatchObject({ ID: id, LEAD_QUALITY: 3, LEAD_VALUE: 40000 })
  expect(await online.read(id)).toEqual(answer.record)
  expect(answer.head).toMatch(/^content-type: application\/json; charset=utf-8$/im)
  expect(answer.head).not.toMatch(/^content-encoding: br/im)
}

describe('the sample clients of the update page, byte by byte', () => {
  test('curl -d: JSON under the form type', async () => {
    const { ID } = await online.create()
    const body = Buffer.from(SAMPLE)
    await expectSampleApplied(ID, await exchange(curlHead('PUT', `/api/Leads?id=${ID}`, body), body))
  })

  test('curl as printed, its -u glued to the body and no credentials: 401 and no write', async () => {
    const { ID } = await online.create()
    const body = Buffer.from(`${SAMPLE}-u`)
    const head = curlHead('PUT', `/api/Leads?id=${ID}`, body).filter((line) => !line.startsWith('Authorization'))
    expect((await exchange(head, body)).status).toBe(401)
    expect(await changesOf(server, ID)).toBe(1)
  })

  test('Python with a string: JSON without a Content-Type', async () => {
    const { ID } = await online.create()
    const body = Buffer.from(SAMPLE)
    await expectSampleApplied(ID, await exchange(pythonHead(`/api/Leads?id=${ID}`, null, body), body))
  })

  test('Python with a dict: form fields', async () => {
    const { ID } = await online.create()
    const body = Buffer.from('LEAD_QUALITY=3&LEAD_VALUE=40000')
    const head = pythonHead(`/api/Leads?id=${ID}`, 'application/x-www-form-urlencoded', body)
    await expectSampleApplied(ID, await exchange(head, body))
  })

  test('an empty form field clears an optional property and is refused for a required one', async () => {
    const { ID } = await online.create({ CITY: 'Banff' })
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await online.put(ID, 'CITY=&LEAD_NOTES=a+b%26', type)).body).toMatchObject({
      CITY: null,
      LEAD_NOTES: 'a b&',
    })
    expect((await online.put(ID, 'EMAIL=', type)).status).toBe(400)
  })

  test('C#: UTF-32 without a mark, ISO-8859-1 credentials, gzip only', async () => {
    const { ID } = await online.create()
    const body = utf32LittleEndian(SAMPLE)
    const head = [
      `PUT /api/Leads?id=${ID} HTTP/1.1`,
      host(),
      'Accept: application/json',
      authorization('latin1'),
      `APIKey: ${online.company.apiKey}`,
      'Accept-Encoding: gzip',
      'Content-Type: application/json; charset=utf-32',
      `Content-Length: ${body.length}`,
    ]
    await expectSampleApplied(ID, await exchange(head, body))
  })

  test('JavaScript fetch: an empty text body changes nothing and answers the record', async () => {
    const before = await online.create()
    const head = [
      `PUT /api/Leads?id=${before['ID']} HTTP/1.1`,
      host(),
      'connection: keep-alive',
      `apikey: ${online.company.apiKey}`,
      authorization(),
      'content-type: text/plain;charset=UTF-8',
      'accept: */*',
      'accept-language: *',
      'sec-fetch-mode: cors',
      'user-agent: node',
      'accept-encoding: gzip, deflate, br',
      'content-length: 0',
    ]
    const answer = await exchange(head, Buffer.alloc(0))
    expect([answer.status, answer.record]).toEqual([200, before])
    expect(await changesOf(server, before['ID'])).toBe(1)
  })

  test('an update without body or Content-Type, or of {}, changes nothing either', async () => {
    const before = await online.create()
    for (const body of [undefined, '', ' \r\n', '{}']) {
      const { status, body: record } = await online.put(before['ID'], body)
      expect([status, record]).toEqual([200, before])
    }
    expect(await changesOf(server, before['ID'])).toBe(1)
  })
})

test('the sample client of the create page: curl -X POST with the four required properties', async () => {
  const body = Buffer.from(JSON.stringify(GREG))
  const answer = await exchange(curlHead('POST', '/api/Leads', body), body)
  expect(answer.status).toBe(200)
  expect(answer.record).toMatchObject(GREG)
  expect(await changesOf(server, answer.record['ID'])).toBe(1)
})

describe('credentials with letters outside ASCII', () => {
  test.each(['utf8', 'latin1'] as const)('are read as %s', async (encoding) => {
    const { email, apiKey } = await server.company()
    const password = 'Grüße aus Zürich'
    await server.db.query({
      text: 'UPDATE app_user SET password_hash = $2 WHERE email = $1',
      values: [email, await hashPassword(password)],
    })
    const response = await fetch(`${server.baseUrl}/api/Leads`, {
      headers: { authorization: basic(email, password, encoding), apikey: apiKey },
    })
    expect([response.status, await response.json()]).toEqual([200, []])
  })
})

test.each([
  ['any text', 'something else'],
  ['no subtype', 'json'],
  ['only a charset', '; charset=utf-8'],
  ['XML', 'application/xml'],
])('a Content-Type of %s does not keep JSON from being read', async (_, type) => {
  const { ID } = await online.create()
  const answer = await online.put(ID, '{"CITY":"Banff"}', { 'content-type': type })
  expect([answer.status, (answer.body as LeadRecord)['CITY']]).toEqual([200, 'Banff'])
})

test.each(['/api/leads', '/API/LEADS', '/api/Leads/', '/Api/lEADS/'])('the path %s names the same', async (path) => {
  const { ID } = await online.create()
  const response = await fetch(`${server.baseUrl}${path}?ID=${ID}`, {
    headers: {
      authorization: basic(online.company.email, online.company.password),
      apikey: online.company.apiKey,
    },
    redirect: 'manual',
  })
  expect([response.status, await response.json()]).toEqual([200, await online.read(ID)])
})
