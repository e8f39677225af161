import { afterAll, expect, it } from 'vitest'
import { openMailServer } from '../native/accounts/mail-server.ts'
import { clientOf } from '../native/client.ts'
import { type FormCompany, makeFormStage, PERSON } from './form-stage.ts'

const SITE = 'https://lead.example'
const mail = await openMailServer()
const stage = await makeFormStage({
  SMTP_URL: mail.url,
  MAIL_FROM: 'leadwright@lead.example',
  PUBLIC_URL: SITE,
  TRUSTED_PROXIES: '127.0.0.1',
})
afterAll(() => mail.close())

/** As from another network each time. */
let network = 0
async function send(company: FormCompany, fields: Record<string, string> = {}): Promise<void> {
  network += 1
  const stamp = await stage.stamp(company.slug, 60 + network)
  const from = { 'x-forwarded-for': `198.51.100.${network}` }
  expect((await stage.send(company.slug, { ...PERSON, stamp, ...fields }, from)).status).toBe(303)
}

async function newestLead(company: FormCompany): Promise<number> {
  const { body } = await clientOf(stage.server, company)('GET', '/leads?limit=1')
  return (body['leads'] as { id: number }[])[0]?.id ?? 0
}

it('each admin gets a mail with what was asked and a link to the lead', async () => {
  const company = await stage.company({ categories: ['Roof'] })
  await send(company, { phone: '403-555-0142', category: 'Roof', message: 'It leaks.\nPlease call.' })
  const { from, subject, text, html } = await mail.next(company.email)
  expect([from, subject]).toEqual(['leadwright@lead.example', 'New request: Robin Vance'])
  const link = `${SITE}/leads/${await newestLead(company)}`
  for (const part of ['robin@example.com', '403-555-0142', '- Roof', '> It leaks.\n> Please call.', link]) {
    expect(text.replaceAll('\r\n', '\n')).toContain(part)
  }
  expect(html).toContain(`href="${link}"`)
})

it('what a visitor has typed is text only, and adds no line to the head', async () => {
  const company = await stage.company()
  const firstName = '<img src=x onerror=alert(1)>'
  const lastName = 'Vance\r\nBcc: all@example.com'
  await send(company, { firstName, lastName, message: '<script>alert(1)</script> & "more"' })
  const { subject, html, to } = await mail.next(company.email)
  expect(to).toBe(company.email)
  expect(subject).not.toContain('\n')
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot;')
  expect(html).not.toMatch(/<(script|img)/)
  expect(mail.count('all@example.com')).toBe(0)
})

it('a submission that is sent twice is told of once', async () => {
  const company = await stage.company()
  const stamp = await stage.stamp(company.slug)
  for (let times = 0; times < 2; times += 1) await stage.send(company.slug, { ...PERSON, stamp })
  await mail.next(company.email)
  await send(company, { firstName: 'Another' })
  expect((await mail.next(company.email)).subject).toBe('New request: Another Vance')
})

it('nobody is told where the company does not want it, nor who is no admin or switched off', async () => {
  const quiet = await stage.company()
  const native = clientOf(stage.server, quiet)
  expect((await native('PATCH', '/company', { body: { form: { notify: false } } })).status).toBe(200)
  await send(quiet)
  const other = await stage.company()
  await stage.server.db.query({
    text: `INSERT INTO app_user (company_id, email, email_key, name, role, password_hash, active, created_at)
      SELECT $1, who || '@quiet.example', who || '@quiet.example', who, role, 'none', active, now()
      FROM (VALUES ('member', 'member', true), ('gone', 'admin', false)) AS t (who, role, active)`,
    values: [other.companyId],
  })
  await send(other)
  await mail.next(other.email)
  const counts = [quiet.email, 'member@quiet.example', 'gone@quiet.example'].map((to) => mail.count(to))
  expect(counts).toEqual([0, 0, 0])
})

it('no more than thirty mails an hour go out, and every lead is there all the same', async () => {
  const company = await stage.company()
  for (let n = 0; n < 32; n += 1) await send(company, { firstName: `Robin ${n}` })
  for (let n = 0; n < 30; n += 1) await mail.next(company.email)
  expect(mail.count(company.email)).toBe(30)
  expect(await stage.leadsOf(company)).toHaveLength(32)
})
