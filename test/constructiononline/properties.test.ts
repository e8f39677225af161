import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer, type TestServer } from '../support/server.ts'
import { changesOf, GREG, type LeadRecord, leadCount, newClient, type OnlineClient } from './client.ts'

let server: TestServer
let online: OnlineClient

beforeAll(async () => {
  server = await startServer()
  online = await newClient(server)
})
afterAll(() => server.close())

/** Each writable property: what is sent, and what is shown where that differs. */
const WRITABLE: [name: string, sent: unknown, shown?: unknown][] = [
  ['FIRSTNAME', 'Zoë'],
  ['LASTNAME', "O'Hara-Łukasz"],
  ['EMAIL', 'zoe@example.org'],
  ['DISPLAY_NAME', 'Zoë 李 😀'],
  ['MIDDLENAME', 'M.'],
  ['COMPANY', 'Smith & Sons "Ltd"'],
  ['ADDRESS', '12 Elm Street\nUnit 4'],
  ['CITY', 'Calgary'],
  ['STATE', 'AB'],
  ['ZIP', 12345, '12345'],
  ['ZIPCODE', 'T2P 1A1'],
  ['COUNTRY_SETTING', 'Canada'],
  ['PHONE', 4035550142, '4035550142'],
  ['MOBILE_PHONE', '403-555-0143'],
  ['MOBILE_PROVIDER', 'Telus'],
  ['FAX', '403-555-0144'],
  ['WEBSITE', 'https://example.com/?a=1&b=2'],
  ['SUMMARY', 'Long\ttext\n\nwith lines'],
  ['EXPERIENCE', '{braces} <b>marks</b>'],
  ['CONTACT_QUALITY', 'A+'],
  ['CONTACT_REGION', 'West'],
  ['CONTACT_DIVISION', 'Residential'],
  ['CONTACT_OFFICE', 'North'],
  ['CONTACT_CATEGORY', 'Homeowner'],
  ['CONTACT_TRADE', 'Roofing'],
  ['FIELD_ID', 77, '77'],
  ['LEAD_STAGE', 'Second visit'],
  ['LEAD_SOURCE', 'Trade fair'],
  ['LEAD_QUALITY', '3', 3],
  ['LEAD_VALUE', '40000', 40000],
  ['LEAD_TYPE', 'Kitchen'],
  ['LEAD_OPENED_DATE', '2024-02-29'],
  ['LEAD_NOTES', 'x'.repeat(20_000)],
]
const CLEARABLE = WRITABLE.map(([name]) => name).filter((name) => !Object.hasOwn(GREG, name))

const NAMES_IN_ORDER = [
  ...['ID', 'FIRSTNAME', 'LASTNAME', 'EMAIL', 'DISPLAY_NAME', 'MIDDLENAME', 'COMPANY', 'ADDRESS', 'CITY', 'STATE'],
  ...['ZIP', 'ZIPCODE', 'COUNTRY_SETTING', 'PHONE', 'MOBILE_PHONE', 'MOBILE_PROVIDER', 'FAX', 'WEBSITE', 'SUMMARY'],
  ...['EXPERIENCE', 'CONTACT_QUALITY', 'CONTACT_REGION', 'CONTACT_DIVISION', 'CONTACT_OFFICE', 'CONTACT_CATEGORY'],
  ...['CONTACT_TRADE', 'FIELD_ID', 'COMPANY_ID', 'LMOD', 'LEAD_STATUS', 'LEAD_STAGE', 'LEAD_SOURCE', 'LEAD_QUALITY'],
  ...['LEAD_VALUE', 'LEAD_TYPE', 'LEAD_OPENED_DATE', 'LEAD_CLOSED_DATE', 'LEAD_NOTES'],
]

function all(): Record<string, unknown> {
  const sent = Object.fromEntries(WRITABLE.map(([name, value]) => [name, value]))
  return { ...sent, ZIP: 'T2P 1A1', ZIPCODE: 'T2P 1A1' }
}

describe('a new lead', () => {
  test('answers every property in the order of the table, those without a value as null', async () => {
    const { status, headers, body } = await online.post(GREG)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
    const record = body as LeadRecord
    expect(Object.keys(record)).toEqual(NAMES_IN_ORDER)
    const today = new Date().toISOString().slice(0, 10)
    const given = Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null))
    expect(given).toEqual({
      ...GREG,
      ID: expect.any(Number),
      COMPANY_ID: online.company.companyId,
      LMOD: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/),
      LEAD_STATUS: 'Open',
      LEAD_OPENED_DATE: today,
    })
    expect(await online.read(record['ID'])).toEqual(record)
    expect(await changesOf(server, record['ID'])).toBe(1)
  })

  test('keeps every property that is sent with it', async () => {
    const record = await online.create(all())
    const shown = Object.fromEntries(WRITABLE.map(([name, sent, out]) => [name, out ?? sent]))
    expect(record).toMatchObject({ ...shown, ZIP: 'T2P 1A1' })
  })

  test.each(Object.keys(GREG))('needs %s, and neither null nor blank counts', async (name) => {
    const before = await leadCount(server)
    for (const value of [undefined, null, '', '  \t']) {
      const { status, body } = await online.post({ ...GREG, [name]: value })
      expect([status, body]).toEqual([400, { Message: `${name} is required.` }])
    }
    expect(await leadCount(server)).toBe(before)
  })

  test('of an e-mail address that is already used is a lead of its own', async () => {
    const first = await online.create()
    const second = await online.create({ LASTNAME: 'Other' })
    expect(second['ID']).not.toBe(first['ID'])
    expect(await online.read(first['ID'])).toEqual(first)
  })

  test.each<[string, unknown]>([
    ['ID', 5],
    ['COMPANY_ID', 1001],
    ['LMOD', '2026-01-01T00:00:00Z'],
    ['LEAD_CLOSED_DATE', null],
  ])('cannot be given %s', async (name, value) => {
    const { status, body } = await online.post({ ...GREG, [name]: value })
    expect(status).toBe(400)
    expect(body).toEqual({ Message: `${name} is read-only; leave it out or send it as it is.` })
  })
})

describe('an update', () => {
  test.each(WRITABLE)('of %s alone changes it, is shown by GET, and changes nothing else', async (name, sent, out) => {
    const before = await online.create({ EMAIL: 'before@example.com', LEAD_OPENED_DATE: '2020-01-01' })
    const { status, body } = await online.put(before['ID'], { [name]: sent })
    expect(status).toBe(200)
    const shown = out ?? sent
    const zip = name.startsWith('ZIP') ? { ZIP: shown, ZIPCODE: shown } : {}
    const wanted = { ...before, ...zip, [name]: shown, LMOD: expect.any(String) }
    expect(body).toEqual(wanted)
    expect(await online.read(before['ID'])).toEqual(wanted)
    expect(await changesOf(server, before['ID'])).toBe(2)
  })

  test('null or blank clears every optional property', async () => {
    for (const blank of [null, '', '  ']) {
      const { ID } = await online.create(all())
      const { status } = await online.put(ID, Object.fromEntries(CLEARABLE.map((name) => [name, blank])))
      expect(status).toBe(200)
      const record = await online.read(ID)
      for (const name of CLEARABLE) expect([name, record[name]]).toEqual([name, null])
    }
  })

  test.each(Object.keys(GREG))('cannot clear %s', async (name) => {
    const { ID } = await online.create()
    for (const blank of [null, '', '  ']) {
      const { status, body } = await online.put(ID, { [name]: blank, CITY: 'Calgary' })
      expect([status, body]).toEqual([400, { Message: `${name} cannot be empty.` }])
    }
    expect(await changesOf(server, ID)).toBe(1)
  })

  test('LEAD_STATUS cannot be cleared', async () => {
    const { ID } = await online.create()
    for (const blank of [null, '']) {
      const { status, body } = await online.put(ID, { LEAD_STATUS: blank })
      expect(status).toBe(400)
      expect(body).toEqual({ Message: 'LEAD_STATUS must be one of Open, Closed - Won, Closed - Lost, Inactive.' })
    }
  })

  test('that sends the whole record back is accepted and changes nothing', async () => {
    const { ID } = await online.create({ ...all(), LEAD_STATUS: 'Closed - Won' })
    const record = await online.read(ID)
    const { status, body } = await online.put(ID, record)
    expect([status, body]).toEqual([200, record])
    expect(await changesOf(server, ID)).toBe(1)
  })

  test('that sends back the record of an accepted offer is accepted, though names are null there', async () => {
    const id = await server.offer(online.company.companyId, { firstName: null, lastName: null, email: null })
    expect((await online.sister('POST', `${id}/accept`)).status).toBe(200)
    const record = await online.read(id)
    expect(record).toMatchObject({ FIRSTNAME: null, LASTNAME: null, EMAIL: null, DISPLAY_NAME: null })
    const { status, body } = await online.put(id, { ...record, CITY: 'Banff' })
    expect([status, body]).toEqual([200, { ...record, CITY: 'Banff', LMOD: expect.any(String) }])
  })

  test('accepts read-only properties that equal the record, numbers also as text', async () => {
    const { ID, COMPANY_ID, LMOD } = await online.create()
    const same = { ID: String(ID), COMPANY_ID: ` ${COMPANY_ID} `, LMOD, LEAD_CLOSED_DATE: '' }
    expect((await online.put(ID, { ...same, CITY: 'Banff' })).status).toBe(200)
    expect((await online.read(ID))['CITY']).toBe('Banff')
  })

  test.each<[string, unknown]>([
    ['ID', 1],
    ['ID', 'x'],
    ['ID', null],
    ['ID', true],
    ['ID', {}],
    ['COMPANY_ID', 1],
    ['LMOD', '2020-01-01T00:00:00Z'],
    ['LMOD', null],
    ['LEAD_CLOSED_DATE', '2026-01-01'],
  ])('refuses read-only %s that differs from the record: %j', async (name, value) => {
    const before = await online.create()
    const { status, body } = await online.put(before['ID'], { CITY: 'Banff', [name]: value })
    expect([status, body]).toEqual([400, { Message: `${name} is read-only; leave it out or send it as it is.` }])
    expect(await online.read(before['ID'])).toEqual(before)
  })

  test('ignores the letter case of names, and refuses a name that is there in two cases', async () => {
    const { ID } = await online.create()
    expect((await online.put(ID, { lead_quality: 4, City: 'Banff' })).body).toMatchObject({
      LEAD_QUALITY: 4,
      CITY: 'Banff',
    })
    const twice = await online.put(ID, { CITY: 'A', city: 'A' })
    expect([twice.status, twice.body]).toEqual([400, { Message: 'The body has the property CITY twice.' }])
  })

  test('takes both spellings of the postal code when they agree, and refuses them when they differ', async () => {
    const { ID } = await online.create()
    expect((await online.put(ID, { ZIPCODE: 'T2P', ZIP: 'T2P' })).body).toMatchObject({ ZIP: 'T2P', ZIPCODE: 'T2P' })
    const { status, body } = await online.put(ID, { ZIPCODE: 'T2P', ZIP: 'T2X' })
    expect(status).toBe(400)
    expect(body).toEqual({ Message: 'ZIPCODE and ZIP are two spellings of one property and must not differ.' })
  })

  test.each<[string, unknown, string]>([
    ['LEAD_COLOUR', 1, 'A lead has no property "LEAD_COLOUR".'],
    ['{value}', 1, 'A lead has no property "value".'],
    ['constructor', 1, 'A lead has no property "constructor".'],
    ['\u0131d', 1, 'A lead has no property "\u0131d".'],
    ['', 1, 'A lead has no property "".'],
    ['CITY', true, 'CITY must be a text.'],
    ['CITY', {}, 'CITY must be a text.'],
    ['CITY', ['x'], 'CITY must be a text.'],
    ['CITY', 'a\u0000b', 'CITY must not contain NUL characters or broken surrogate pairs.'],
    ['CITY', 'x'.repeat(201), 'CITY must have at most 200 characters.'],
    ['ZIPCODE', 'x'.repeat(21), 'ZIPCODE must have at most 20 characters.'],
    ['PHONE', 1e20, 'PHONE is too large for a number; send it as a text.'],
    ['EMAIL', 'nobody', 'EMAIL must be an e-mail address.'],
    ['EMAIL', 5, 'EMAIL must be a text.'],
    ['LEAD_QUALITY', '3.5', 'LEAD_QUALITY must be a whole number from 0 to 100.'],
    ['LEAD_QUALITY', 101, 'LEAD_QUALITY must be a whole number from 0 to 100.'],
    ['LEAD_QUALITY', false, 'LEAD_QUALITY must be a whole number from 0 to 100.'],
    ['LEAD_VALUE', 'much', 'LEAD_VALUE must be a number.'],
    ['LEAD_VALUE', -1, 'LEAD_VALUE must not be negative.'],
    ['LEAD_VALUE', '1.005', 'LEAD_VALUE must have at most two decimals.'],
    ['LEAD_VALUE', 1e12, 'LEAD_VALUE must be below 1000000000000.'],
    ['LEAD_VALUE', [], 'LEAD_VALUE must be a number.'],
    ['LEAD_OPENED_DATE', '2026-02-30', 'LEAD_OPENED_DATE must be a calendar date in the form YYYY-MM-DD.'],
    ['LEAD_OPENED_DATE', 20260101, 'LEAD_OPENED_DATE must be a calendar date in the form YYYY-MM-DD.'],
    ['LEAD_STATUS', 'Closed', 'LEAD_STATUS must be one of Open, Closed - Won, Closed - Lost, Inactive.'],
    ['LEAD_STATUS', 'JOB_WON', 'LEAD_STATUS must be one of Open, Closed - Won, Closed - Lost, Inactive.'],
    ['LEAD_STATUS', 1, 'LEAD_STATUS must be one of Open, Closed - Won, Closed - Lost, Inactive.'],
  ])('refuses %s of %j by name, together with all that came with it', async (name, value, message) => {
    const before = await online.create()
    const { status, body } = await online.put(before['ID'], { STATE: 'AB', [name]: value })
    expect([status, body]).toEqual([400, { Message: message }])
    expect(await online.read(before['ID'])).toEqual(before)
  })

  test('counts characters, not code units, and trims before', async () => {
    const { ID } = await online.create()
    expect((await online.put(ID, { CITY: ` ${'😀'.repeat(200)} ` })).body).toMatchObject({ CITY: '😀'.repeat(200) })
  })

  test('with the same values writes nothing', async () => {
    const { ID } = await online.create({ CITY: 'Banff', LEAD_VALUE: 5 })
    expect((await online.put(ID, { CITY: ' Banff ', LEAD_VALUE: '5.00' })).status).toBe(200)
    expect(await changesOf(server, ID)).toBe(1)
  })
})
