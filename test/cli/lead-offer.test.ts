import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { freshDatabase } from '../support/database.ts'
import { databaseUrl, documentOf, run } from './harness.ts'

let env: Record<string, string>
let db: Database
let company: string
let folder: string
let close: () => Promise<void>

beforeAll(async () => {
  const { connection, drop } = await freshDatabase()
  env = { DATABASE_URL: databaseUrl(connection) }
  db = openDatabase({ connection, poolMax: 2, onIdleError: () => undefined })
  folder = await mkdtemp(path.join(tmpdir(), 'leadwright-offers-'))
  const [row] = await db.query<{ id: number }>({ text: "INSERT INTO company (name) VALUES ('Elm') RETURNING id" })
  company = String(row?.id)
  close = async () => {
    await db.close()
    await drop()
    await rm(folder, { recursive: true })
  }
})
afterAll(() => close())

const offer = (argv: readonly string[], stdin?: string) =>
  run(env, ['lead', 'offer', '--company', company, ...argv, '--json'], stdin)

async function leadCount(): Promise<number> {
  const [row] = await db.query<{ count: number }>({ text: 'SELECT count(*) AS count FROM lead' })
  return row?.count ?? -1
}

async function offersFile(content: unknown): Promise<string> {
  const file = path.join(folder, 'offers.json')
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

describe('lead offer', () => {
  test('writes an unanswered offer with all its values, its timeline and its outbox row', async () => {
    const made = documentOf(
      await offer([
        ...['--first-name', 'Jordan', '--last-name', 'Miller', '--email', 'j@mail.example', '--phone', '403-555-0142'],
        ...['--mobile-phone', '403-555-0143', '--address', '12 Elm Street', '--city', 'Calgary', '--state', 'AB'],
        ...['--zip', 'T2P 1A1', '--category', 'Kitchen', '--description', 'New cabinets', '--reference', 'RF-1'],
        ...['--details-html', '<p>An island</p>'],
      ]),
    )
    expect(made).toEqual({
      id: expect.any(Number),
      companyId: Number(company),
      action: 'NONE',
      status: 'NO_RESPONSE',
      displayName: 'Jordan Miller',
      category: 'Kitchen',
      reference: 'RF-1',
      createdAt: expect.any(String),
    })
    const { id } = made as { id: number }
    const [lead] = await db.query({ text: 'SELECT * FROM lead WHERE id = $1', values: [id] })
    expect(lead).toMatchObject({
      first_name: 'Jordan',
      last_name: 'Miller',
      email: 'j@mail.example',
      phone: '403-555-0142',
      mobile_phone: '403-555-0143',
      address: '12 Elm Street',
      city: 'Calgary',
      state: 'AB',
      zip: 'T2P 1A1',
      category: 'Kitchen',
      original_description: 'New cabinets',
      project_details_html: '<p>An island</p>',
      source: 'renovationfind',
      source_reference: 'RF-1',
      action: 'NONE',
      viewed: false,
      revision: 1,
    })
    const timeline = await db.query({
      text: 'SELECT event, face, actor_kind, actor_id, actor_name FROM timeline WHERE lead_id = $1',
      values: [id],
    })
    expect(timeline).toEqual([
      { event: 'lead.offered', face: 'cli', actor_kind: 'operator', actor_id: 'cli', actor_name: 'operator' },
    ])
    const outbox = await db.query({ text: 'SELECT event, revision FROM outbox WHERE lead_id = $1', values: [id] })
    expect(outbox).toEqual([{ event: 'lead.offered', revision: 1 }])
  })

  test('takes many offers from a file and from standard input, in order', async () => {
    const before = await leadCount()
    const offers = Array.from({ length: 250 }, (_, n) => ({ lastName: `Customer ${n}`, reference: `R${n}` }))
    const made = documentOf(await offer(['--file', await offersFile(offers)]))
    const leads = made['leads'] as { displayName: string; reference: string }[]
    expect(leads.map(({ reference }) => reference)).toEqual(offers.map(({ reference }) => reference))
    const piped = documentOf(await offer(['--file', '-'], '[{"phone": "403-555-0199", "detailsHtml": "<b>x</b>"}]'))
    expect(piped['leads']).toHaveLength(1)
    expect(await leadCount()).toBe(before + 251)
  })

  test('of an empty file does nothing', async () => {
    const before = await leadCount()
    expect(documentOf(await offer(['--file', '-'], '[]'))).toEqual({ leads: [] })
    expect(await leadCount()).toBe(before)
  })

  test.each<[string, unknown, string]>([
    ['a value of a wrong kind', [{ lastName: 'A' }, { lastName: 5 }], 'Offer 2: lastName must be a text.'],
    ['an address that is none', [{ email: 'nobody' }], 'Offer 1: email must be an e-mail address.'],
    ['HTML of a wrong kind', [{ lastName: 'A', detailsHtml: 1 }], 'Offer 1: detailsHtml must be a text.'],
    ['a reference of a wrong kind', [{ lastName: 'A', reference: 1 }], 'Offer 1: reference must be a text.'],
    ['an unknown property', [{ lastName: 'A', status: 'x' }], 'Offer 1 has the unknown property "status".'],
    ['a property of every object', [{ constructor: 'x' }], 'Offer 1 has the unknown property "constructor".'],
    ['nobody named', [{ city: 'X' }], 'Offer 1: An offer needs a name, an e-mail address or a phone number.'],
    ['no object', [{ lastName: 'A' }, null], 'Offer 2 must be a JSON object.'],
    ['no array', { lastName: 'A' }, 'The offers must be one JSON array.'],
  ])('of a file with %s writes none of it', async (_, content, error) => {
    const before = await leadCount()
    const { code, stdout } = await offer(['--file', await offersFile(content)])
    expect([code, JSON.parse(stdout)]).toEqual([1, { error }])
    expect(await leadCount()).toBe(before)
  })

  test.each([
    [['--email', 'nobody'], '--email must be an e-mail address.'],
    [['--details-html', 'x'.repeat(100_001), '--phone', '1'], '--details-html must have at most 100000 characters.'],
    [['--reference', 'x'.repeat(201), '--phone', '1'], '--reference must have at most 200 characters.'],
    [['--city', 'Calgary'], 'An offer needs a name, an e-mail address or a phone number.'],
    [['--company', '1', '--phone', '1'], 'There is no company 1.'],
  ])('with a bad option says which', async (argv, error) => {
    const { code, stdout } = await offer(argv)
    expect([code, JSON.parse(stdout)]).toEqual([1, { error }])
  })

  test('of text that is not JSON, or a file that is not there, says so', async () => {
    const broken = await offer(['--file', await offersFile('[{')])
    expect(JSON.parse(broken.stdout)).toEqual({ error: expect.stringMatching(/^The offers are not JSON: /) })
    const missing = await offer(['--file', path.join(folder, 'nothing.json')])
    expect(JSON.parse(missing.stdout)).toEqual({ error: expect.stringMatching(/^The file of offers cannot be read: /) })
  })
})
