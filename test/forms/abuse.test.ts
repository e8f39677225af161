import { describe, expect, it } from 'vitest'
import { inputValue, makeFormStage, PERSON, unescapeHtml } from './form-stage.ts'

const stage = await makeFormStage({ TRUSTED_PROXIES: '127.0.0.1' })

/** As from another network, so that the tests do not count against each other. */
let network = 0
function from(): Record<string, string> {
  network += 1
  return { 'x-forwarded-for': `198.51.100.${network}` }
}

describe('a program that fills in everything', () => {
  it('is thanked, and makes nothing', async () => {
    const company = await stage.company()
    const stamp = await stage.stamp(company.slug)
    const sent = await stage.send(company.slug, { ...PERSON, stamp, homepage: 'http://example.com' }, from())
    expect([sent.status, sent.headers.get('location')]).toEqual([303, `/forms/${company.slug}/thanks`])
    expect((await stage.sendJson(company.slug, { ...PERSON, stamp, homepage: 'x' })).status).toBe(201)
    expect(await stage.leadsOf(company)).toEqual([])
  })

  it('is asked again when it is quicker than anybody, or has no stamp of this form', async () => {
    const company = await stage.company()
    const { slug } = company
    const quick = inputValue(await stage.get(`/${slug}`), 'stamp') ?? ''
    const early = await stage.send(slug, { ...PERSON, message: 'Hello', stamp: quick }, from())
    expect([early.status, early.text.includes('very quick')]).toEqual([400, true])
    // The same stamp: it only has to become old enough.
    expect(inputValue(early, 'stamp')).toBe(quick)
    expect(early.text).toContain('Hello</textarea>')

    const other = await stage.company()
    for (const stamp of ['', 'x', await stage.stamp(slug, 90_000), await stage.stamp(other.slug), `1${quick}`]) {
      const stale = await stage.send(slug, { ...PERSON, stamp }, from())
      expect([stale.status, stale.text.includes('open for a long time')]).toEqual([400, true])
      expect(inputValue(stale, 'stamp')).not.toBe(stamp)
      expect(inputValue(stale, 'email')).toBe(PERSON.email)
    }
    expect(await stage.leadsOf(company)).toEqual([])
  })
})

describe('limits', () => {
  it('are ten submissions in ten minutes for one network, also of many at once', async () => {
    const company = await stage.company()
    const { slug } = company
    const client = from()
    const stamp = await stage.stamp(slug)
    const sent = await Promise.all(
      Array.from({ length: 14 }, (_, n) => stage.send(slug, { ...PERSON, message: `No. ${n}`, stamp }, client)),
    )
    expect(sent.filter(({ status }) => status === 303)).toHaveLength(10)
    const refused = sent.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(4)
    for (const page of refused) {
      expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(page.text).toContain('please try again later')
      expect(page.text).toMatch(/No\. \d+<\/textarea>/)
    }
    expect(await stage.leadsOf(company)).toHaveLength(10)
    // Another network, and another form, are not concerned.
    expect((await stage.send(slug, { ...PERSON, stamp }, from())).status).toBe(303)
    const other = await stage.company()
    expect((await stage.send(other.slug, { ...PERSON, stamp: await stage.stamp(other.slug) }, client)).status).toBe(303)
  })

  it('are 200 submissions an hour for one form', async () => {
    const company = await stage.company()
    const state = JSON.stringify({ hour: [Date.now(), 199] })
    await stage.server.db.query({
      text: 'INSERT INTO rate_window (subject, state) VALUES ($1, $2)',
      values: [`form:${company.companyId}`, state],
    })
    const stamp = await stage.stamp(company.slug)
    expect((await stage.send(company.slug, { ...PERSON, stamp }, from())).status).toBe(303)
    const full = await stage.send(company.slug, { ...PERSON, message: 'More', stamp }, from())
    expect([full.status, Number(full.headers.get('retry-after')) > 3000]).toEqual([429, true])
    expect(await stage.leadsOf(company)).toHaveLength(1)
  })
})

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' autofocus onfocus='alert(1)",
  '</textarea><script>alert(1)</script>',
  '&lt;b&gt;',
  '$' + '{7*7}{{7*7}}{email}',
  'Robin\r\nBcc: all@example.com',
  '\u202eelbisivni\u200b',
  '😀'.repeat(50),
  "Robert'); DROP TABLE lead;--",
]

describe('hostile text', () => {
  it.each(HOSTILE)('%j is kept as text, and is shown as text', async (text) => {
    const company = await stage.company()
    const { slug } = company
    const stamp = await stage.stamp(slug)
    const page = await stage.send(slug, { firstName: text, message: text, email: 'no address', stamp }, from())
    expect(page.status).toBe(422)
    expect(page.text).not.toMatch(/<(script|img)/i)
    expect(inputValue(page, 'firstName')).toBe(text)
    expect(unescapeHtml(/rows="6"[^>]*>\n([\s\S]*?)<\/textarea>/.exec(page.text)?.[1] ?? '')).toBe(text)
    const sent = await stage.send(slug, { firstName: text, message: text, phone: '1', stamp }, from())
    expect(sent.status).toBe(303)
    const [lead] = await stage.leadsOf(company)
    expect(lead).toMatchObject({
      first_name: text.replace(/[\r\n]+/g, ' '),
      original_description: text.replace(/\r\n/g, '\n'),
    })
  })

  it('in the settings is shown as text, too', async () => {
    const evil = '</h1><script>alert(1)</script>'
    const company = await stage.company({ intro: evil, thanks: evil, categories: [evil] })
    await stage.server.db.query({
      text: 'UPDATE company SET form_title = $2, name = $2 WHERE id = $1',
      values: [company.companyId, evil],
    })
    for (const path of ['', '/thanks']) {
      const page = await stage.get(`/${company.slug}${path}`)
      expect([page.status, page.text.includes('<script')]).toEqual([200, false])
    }
    const script = await stage.get(`/${company.slug}/embed.js`)
    expect(script.text).toContain(`frame.title = ${JSON.stringify(evil)}`)
  })
})

describe('bad requests', () => {
  const FORM = 'application/x-www-form-urlencoded'
  it.each<[string, string, string | Uint8Array, number]>([
    ['another type', 'text/plain', 'firstName=Robin', 415],
    ['no type', '', 'firstName=Robin', 415],
    ['a multipart form', 'multipart/form-data; boundary=x', '--x--', 415],
    ['a body that is too large', FORM, `message=${'x'.repeat(1_100_000)}`, 413],
    ['broken JSON', 'application/json', '{"firstName":', 400],
    ['a JSON list', 'application/json', '[]', 400],
    ['a field twice in JSON', 'application/json', '{"phone":"1","phone":"2"}', 400],
    ['broken percent signs', FORM, 'firstName=%E0%A4%A&email=%', 422],
    ['NUL', FORM, 'firstName=a%00b&phone=1', 422],
    ['nothing', FORM, '', 422],
    ['a huge field', FORM, `firstName=${'x'.repeat(500_000)}&phone=1`, 422],
    ['ten thousand fields', FORM, 'a=1&'.repeat(10_000), 422],
    ['fields named as if they were code', FORM, '__proto__=1&constructor=2&toString=3', 422],
  ])('with %s is refused, and makes nothing', async (_, type, body, status) => {
    const company = await stage.company()
    const stamp = encodeURIComponent(await stage.stamp(company.slug))
    const full = type === FORM ? `${body}&stamp=${stamp}` : body
    const bytes = new TextEncoder().encode(String(full))
    const response = await fetch(`${stage.server.baseUrl}/forms/${company.slug}`, {
      method: 'POST',
      body: bytes,
      headers: { ...from(), ...(type === '' ? {} : { 'content-type': type }) },
      redirect: 'manual',
    })
    expect(response.status).toBe(status)
    expect(await stage.leadsOf(company)).toEqual([])
  })

  it('of other methods are answered with Allow', async () => {
    const { slug } = await stage.company()
    const response = await fetch(`${stage.server.baseUrl}/forms/${slug}`, { method: 'PUT' })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST'])
  })
})
