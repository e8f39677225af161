import { afterAll, beforeAll, expect, it } from 'vitest'
import { addUser } from '../../src/app/credentials/add-user.ts'
import { readConfig } from '../../src/config.ts'
import { openApp } from '../../src/open-app.ts'
import { type MailServer, openMailServer } from '../native/accounts/mail-server.ts'
import type { TestServer } from '../support/server.ts'
import { makeLead, openOffice, startSender, untilTrue } from './stage.ts'

let mail: MailServer
let server: TestServer

beforeAll(async () => {
  mail = await openMailServer()
  server = await startSender({
    SMTP_URL: mail.url,
    MAIL_FROM: 'leadwright@lead.example',
    PUBLIC_URL: 'https://lead.example',
  })
})
afterAll(async () => {
  await server.close()
  await mail.close()
})

async function addPerson(companyId: number, role: 'admin' | 'member', email: string): Promise<void> {
  const config = readConfig({ LOG_LEVEL: 'fatal' }, process.cwd())
  const { app, close } = openApp(config, server.db.connection, () => undefined)
  await addUser(app, { companyId, role, name: 'Somebody', email, password: 'long enough indeed' })
  await close()
}

async function disabledReason(endpointId: number): Promise<string | null> {
  const text = 'SELECT disabled_reason AS reason FROM webhook_endpoint WHERE id = $1'
  const [row] = await server.db.query<{ reason: string | null }>({ text, values: [endpointId] })
  return row?.reason ?? null
}

it('an endpoint that answers 410 is switched off, and the admins of its company are told by mail which and why', async () => {
  const office = await openOffice(server)
  const other = await openOffice(server)
  await addPerson(office.company.companyId, 'admin', 'second@elm.example')
  await addPerson(office.company.companyId, 'admin', 'left@elm.example')
  await addPerson(office.company.companyId, 'member', 'member@elm.example')
  await server.db.query({ text: "UPDATE app_user SET active = false WHERE email = 'left@elm.example'", values: [] })
  office.receiver.reply((response) => void response.writeHead(410).end())
  await makeLead(office)
  for (const address of [office.company.email, 'second@elm.example']) {
    const { from, subject, text } = await mail.next(address)
    expect([from, subject]).toEqual(['leadwright@lead.example', 'A webhook endpoint was disabled'])
    expect(text).toContain(office.receiver.url)
    expect(text).toContain('It answered that it is gone for good (410).')
  }
  expect(await disabledReason(office.endpointId)).toBe('gone')
  expect(await disabledReason(other.endpointId)).toBeNull()
  for (const address of ['left@elm.example', 'member@elm.example', other.company.email]) {
    expect(mail.count(address)).toBe(0)
  }
})

it('so are they of one that has failed for five days', async () => {
  const office = await openOffice(server)
  await server.db.query({
    text: "UPDATE webhook_endpoint SET failing_since = now() - interval '121 hours' WHERE id = $1",
    values: [office.endpointId],
  })
  office.receiver.reply((response) => void response.writeHead(500).end())
  await makeLead(office)
  const { text } = await mail.next(office.company.email)
  expect(text).toContain(office.receiver.url)
  expect(text).toContain('Every message to it has failed for five days.')
  await untilTrue(async () => (await disabledReason(office.endpointId)) === 'failing')
  expect(mail.count(office.company.email)).toBe(1)
})
