import { execFileSync } from 'node:child_process'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Account, basic, bearer, type Installation, install, send, tryProgram } from './harness.ts'

let site: Installation
let account: Account
let leadId: number

beforeAll(async () => {
  site = await install()
  account = await site.account('Sample Clients')
  const created = await send(site.baseUrl, {
    method: 'POST',
    url: '/api/Leads',
    headers: basic(account),
    body: '{"FIRSTNAME":"Greg","LASTNAME":"Smith","DISPLAY_NAME":"Greg Smith","EMAIL":"greg@example.com"}',
  })
  leadId = created.json<{ ID: number }>().ID
}, 90_000)

afterAll(() => site.end())

const PAYLOAD = '{"LEAD_QUALITY" : "3","LEAD_VALUE" : "40000"}'

async function reset(): Promise<void> {
  const body = '{"LEAD_QUALITY":null,"LEAD_VALUE":null,"LEAD_NOTES":null}'
  await send(site.baseUrl, { method: 'PUT', url: `/api/Leads?id=${leadId}`, headers: basic(account), body })
}

async function record(): Promise<Record<string, unknown>> {
  return (await send(site.baseUrl, { method: 'GET', url: `/api/Leads?id=${leadId}`, headers: basic(account) })).json()
}

const UPDATED = { LEAD_QUALITY: 3, LEAD_VALUE: 40000 }

describe("ConstructionOnline's sample clients update the lead", () => {
  it('curl, with the blank before -u repaired', async () => {
    await reset()
    const user = `${account.email}:${account.password}`
    const url = `${site.baseUrl}/api/Leads?id=${leadId}`
    const printed = await tryProgram('curl', [
      '-sS',
      '-X',
      'PUT',
      url,
      '-d',
      PAYLOAD,
      '-u',
      user,
      '-H',
      `APIKey:${account.apiKey}`,
    ])
    if (printed !== null) expect(JSON.parse(printed)).toMatchObject({ ID: leadId, ...UPDATED })
    else await curlBytes()
    expect(await record()).toMatchObject(UPDATED)
  })

  it('curl, as the bytes that it sends', async () => {
    await reset()
    await curlBytes()
    expect(await record()).toMatchObject(UPDATED)
  })

  async function curlBytes(): Promise<void> {
    const headers = { ...basic(account), accept: '*/*', 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await send(site.baseUrl, { method: 'PUT', url: `/api/Leads?id=${leadId}`, headers, body: PAYLOAD })
    expect(answer.status).toBe(200)
  }

  it.each([
    ['a string without Content-Type', PAYLOAD, {}],
    [
      'a dict as form fields',
      'LEAD_QUALITY=3&LEAD_VALUE=40000',
      { 'content-type': 'application/x-www-form-urlencoded' },
    ],
  ])('Python, payload %s, as the bytes that it sends', async (_name, body, type) => {
    await reset()
    const headers = { ...basic(account), 'accept-encoding': 'gzip, deflate, br', ...type }
    const answer = await send(site.baseUrl, { method: 'PUT', url: `/api/Leads?id=${leadId}`, headers, body })
    expect(answer.status).toBe(200)
    expect(answer.headers['content-encoding'] ?? 'identity').not.toBe('br')
    expect(await record()).toMatchObject(UPDATED)
  })

  it('C#: UTF-32 little-endian without BOM, ISO-8859-1 credentials', async () => {
    await reset()
    const payload = '{"LEAD_QUALITY" : "3","LEAD_VALUE" : "40000","LEAD_NOTES":"Café 🏠"}'
    const bytes = Buffer.concat(
      [...payload].map((character) => {
        const unit = Buffer.alloc(4)
        unit.writeUInt32LE(character.codePointAt(0) ?? 0)
        return unit
      }),
    )
    const headers = {
      accept: 'application/json',
      'accept-encoding': 'gzip',
      'content-type': 'application/json; charset=utf-32',
      ...basic(account, 'latin1'),
    }
    const answer = await send(site.baseUrl, { method: 'PUT', url: `/api/Leads?id=${leadId}`, headers, body: bytes })
    expect(answer.status).toBe(200)
    const text = answer.headers['content-encoding'] === 'gzip' ? gunzipSync(answer.body) : answer.body
    expect(JSON.parse(text.toString())).toMatchObject({ ...UPDATED, LEAD_NOTES: 'Café 🏠' })
  })

  it('JavaScript, template strings repaired: an empty body changes nothing', async () => {
    await reset()
    const before = await record()
    const headers = new Headers({ APIKey: account.apiKey, 'Accept-Encoding': 'gzip, deflate, br' })
    headers.append('Authorization', `Basic ${Buffer.from(`${account.email}:${account.password}`).toString('base64')}`)
    const response = await fetch(`${site.baseUrl}/api/Leads?id=${leadId}`, {
      method: 'PUT',
      body: '',
      headers,
      redirect: 'follow',
    })
    expect(response.status).toBe(200)
    expect(JSON.parse(await response.text())).toEqual(before)
  })
})

const PYTHON = `
import base64, json, sys, requests
base, apikey, username, password, endpoint, kind = sys.argv[1:]
payload = {"LEAD_QUALITY": "3", "LEAD_VALUE": "40000"}
if kind == "str":
    payload = json.dumps(payload)
headers = {
    "APIKey": apikey,
    "Accept-Encoding": "gzip, deflate, br",
    "Authorization": "Basic " + base64.b64encode((username + ":" + password).encode()).decode(),
}
response = requests.request("PUT", base + "/" + endpoint, headers=headers, data=payload)
print(json.dumps(json.loads(response.text), indent=2))
`

function hasPythonWithRequests(): boolean {
  try {
    execFileSync('python3', ['-c', 'import requests'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe.runIf(hasPythonWithRequests())('where Python with requests is installed, its own sample', () => {
  it.each(['str', 'dict'])('updates the lead with a payload of type %s', async (kind) => {
    await reset()
    const args = [
      '-c',
      PYTHON,
      site.baseUrl,
      account.apiKey,
      account.email,
      account.password,
      `api/Leads?id=${leadId}`,
      kind,
    ]
    const printed = await tryProgram('python3', args)
    expect(JSON.parse(printed ?? '{}')).toMatchObject({ ID: leadId, ...UPDATED })
    expect(await record()).toMatchObject(UPDATED)
  })
})

describe("RenovationFind's sample client reports a status", () => {
  it('curl, verbatim but for host, id and token', async () => {
    const id = await site.offer(account)
    await send(site.baseUrl, {
      method: 'POST',
      url: `/rest-api-v1/general-leads/${id}/accept`,
      headers: bearer(account),
    })
    const data = '\n{\n  "status": "HOMEOWNER_CONTACTED"\n}\n'
    const url = `${site.baseUrl}/rest-api-v1/general-leads/${id}/status`
    const headers = ['--header', `Authorization: Bearer ${account.token}`, '--header', 'Content-Type: application/json']
    const printed = await tryProgram('curl', ['-sS', '--request', 'PUT', '--url', url, ...headers, '--data', data])
    const bytes =
      printed ?? (await send(url, { method: 'PUT', url, headers: bearer(account), body: data })).body.toString()
    expect(JSON.parse(bytes)).toMatchObject({ success: true, data: { id, postLeadStatus: 'HOMEOWNER_CONTACTED' } })
  })
})
