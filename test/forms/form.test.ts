import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { inputValue, makeFormStage, PERSON } from './form-stage.ts'

const stage = await makeFormStage()

const POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors *"

describe('GET /forms/{slug}', () => {
  it('is a page without script, under a strict policy, that any site may frame', async () => {
    const { slug } = await stage.company({ intro: 'Two lines\nof <b>text</b>', categories: ['Deck', 'Roof & wall'] })
    const page = await stage.get(`/${slug}`)
    expect(page.status).toBe(200)
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    expect(page.headers.get('x-frame-options')).toBeNull()
    expect(page.text).not.toMatch(/<script|style=|\son\w+=/i)
    expect(page.text).toContain('<h1>Ask us</h1>')
    expect(page.text).toContain('of &lt;b&gt;text&lt;/b&gt;')
    expect(page.text).toContain('<option>Roof &amp; wall</option>')
    const labels = [...page.text.matchAll(/<label for="(\w+)"/g)].map(([, id]) => id)
    for (const id of labels) expect(page.text).toContain(`id="${id}" name="${id}"`)
  })

  it('has one script in a frame, which its policy lets run by its hash', async () => {
    const { slug } = await stage.company()
    for (const path of [`/${slug}`, `/${slug}/thanks`, '/nothing']) {
      const page = await stage.get(path, { 'sec-fetch-dest': 'iframe' })
      const [, script = '', ...more] = page.text.split(/<\/?script[^>]*>/)
      expect(more).toHaveLength(1)
      const hash = createHash('sha256').update(script).digest('base64')
      expect(page.headers.get('content-security-policy')).toBe(`${POLICY}; script-src 'sha256-${hash}'`)
      expect((await stage.get(path, { 'sec-fetch-dest': 'document' })).headers.get('content-security-policy')).toBe(
        POLICY,
      )
    }
  })

  it('asks for no category where the company has none', async () => {
    const { slug } = await stage.company()
    expect((await stage.get(`/${slug}`)).text).not.toContain('category')
  })

  it('has its style in a file of its own', async () => {
    const style = await stage.get('/assets/form.css')
    expect([style.status, style.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8'])
    expect(style.text).toContain('prefers-color-scheme: dark')
  })

  it('tells a program what to send', async () => {
    const { slug } = await stage.company({ categories: ['Deck'] })
    const answer = await stage.get(`/${slug}`, { accept: 'application/json' })
    expect(JSON.parse(answer.text)).toEqual({
      title: 'Ask us',
      intro: '',
      categories: ['Deck'],
      fields: ['firstName', 'lastName', 'email', 'phone', 'address', 'city', 'zip', 'category', 'message'],
      stamp: expect.any(String),
    })
  })

  it('is a page that says so when there is no such form, or it is switched off', async () => {
    const { slug, companyId } = await stage.company()
    await stage.server.db.query({ text: 'UPDATE company SET form_enabled = false WHERE id = $1', values: [companyId] })
    for (const path of [
      `/${slug}`,
      '/nothing',
      `/${slug}/thanks`,
      `/${slug}/embed.js`,
      '/a%00b',
      '/a/b/c',
      `/${'x'.repeat(5000)}`,
    ]) {
      const page = await stage.get(path)
      expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
      expect(page.text).toContain('This form is not here')
    }
    expect((await stage.send(slug, { ...PERSON, stamp: await stage.stamp(slug) })).status).toBe(404)
  })
})

describe('POST /forms/{slug}', () => {
  it('makes a new lead of the company’s own, which both wire APIs and the native one show', async () => {
    const company = await stage.company({ categories: ['Deck'] })
    const { slug } = company
    const stamp = await stage.stamp(slug)
    const fields = { ...PERSON, phone: '403 555 0142', category: 'Deck', message: 'Line one\r\nLine two', stamp }
    const sent = await stage.send(slug, fields)
    expect([sent.status, sent.headers.get('location')]).toEqual([303, `/forms/${slug}/thanks`])
    expect((await stage.get(`/${slug}/thanks`)).text).toContain('We will call you.')
    expect(await stage.leadsOf(company)).toEqual([
      {
        first_name: 'Robin',
        last_name: 'Vance',
        display_name: 'Robin Vance',
        email: 'robin@example.com',
        phone: '403 555 0142',
        category: 'Deck',
        original_description: 'Line one\nLine two',
        source: 'form',
        action: 'ACCEPTED',
        status: 'NO_RESPONSE',
        viewed: false,
      },
    ])
    const headers = { authorization: `Bearer ${company.token}` }
    const vendor = await fetch(`${stage.server.baseUrl}/rest-api-v1/general-leads`, { headers })
    const { data } = (await vendor.json()) as { data: { id: number; customerName: string }[] }
    expect(data).toMatchObject([{ customerName: 'Robin Vance' }])
    const lead = await fetch(`${stage.server.baseUrl}/v1/leads/${data[0]?.id}`, { headers })
    expect(await lead.json()).toMatchObject({ source: 'form', boardStage: 'New', name: 'Robin Vance' })
    const timeline = await fetch(`${stage.server.baseUrl}/v1/leads/${data[0]?.id}/timeline`, { headers })
    expect(await timeline.json()).toMatchObject({
      entries: [{ face: 'form', actor: { kind: 'system', name: 'Lead form' } }],
    })
    const basic = Buffer.from(`${company.email}:${company.password}`).toString('base64')
    const sister = await fetch(`${stage.server.baseUrl}/api/Leads`, {
      headers: { authorization: `Basic ${basic}`, APIKey: company.apiKey },
    })
    expect(await sister.json()).toMatchObject([{ DISPLAY_NAME: 'Robin Vance', EMAIL: 'robin@example.com' }])
  })

  it('makes one lead of a form that is sent twice, and two of two contents', async () => {
    const company = await stage.company()
    const fields = { ...PERSON, stamp: await stage.stamp(company.slug) }
    const answers = await Promise.all([1, 2, 3].map(() => stage.send(company.slug, fields)))
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303])
    expect(await stage.leadsOf(company)).toHaveLength(1)
    await stage.send(company.slug, { ...fields, message: 'One thing more' })
    expect(await stage.leadsOf(company)).toHaveLength(2)
  })

  it('shows the form again with what was typed and each fault beside its field', async () => {
    const company = await stage.company({ categories: ['Deck'] })
    const typed = {
      firstName: ' ',
      email: 'not "one"',
      zip: 'x'.repeat(21),
      category: 'Roof',
      message: '\nTwo <doors>',
    }
    const page = await stage.send(company.slug, { ...typed, stamp: await stage.stamp(company.slug) })
    expect(page.status).toBe(422)
    expect(page.text).toContain('<title>Please check: Ask us</title>')
    expect(page.text).toContain('<p class="fault" id="firstName-fault">Please tell us your name.</p>')
    expect(page.text).toContain('<p class="fault" id="email-fault">E-mail must be an e-mail address.</p>')
    expect(page.text).toContain('Postal code must have at most 20 characters.')
    expect(page.text).toContain('Please choose one of the list.')
    expect(page.text.match(/ autofocus/g)).toHaveLength(1)
    expect(inputValue(page, 'email')).toBe('not "one"')
    expect(page.text).toContain('\n\nTwo &lt;doors&gt;</textarea>')
    expect(await stage.leadsOf(company)).toEqual([])
  })

  it('needs a way to answer', async () => {
    const { slug } = await stage.company()
    const page = await stage.send(slug, { firstName: 'Robin', stamp: await stage.stamp(slug) })
    expect([page.status, page.text.includes('leave an e-mail address or a phone number')]).toEqual([422, true])
    const sent = await stage.send(slug, { lastName: 'Vance', phone: '1', stamp: await stage.stamp(slug) })
    expect(sent.status).toBe(303)
  })

  it('takes JSON, and answers in it', async () => {
    const company = await stage.company()
    const { slug } = company
    const sent = await stage.sendJson(slug, { ...PERSON, stamp: await stage.stamp(slug) })
    expect([sent.status, JSON.parse(sent.text)]).toEqual([201, { thanks: 'We will call you.' }])
    expect(await stage.leadsOf(company)).toHaveLength(1)
    const bad = await stage.sendJson(slug, { firstName: 5, phone: 'x'.repeat(51), stamp: await stage.stamp(slug) })
    expect(bad.headers.get('content-type')).toContain('application/problem+json')
    expect(JSON.parse(bad.text)).toMatchObject({
      status: 400,
      code: 'field.invalid',
      field: 'firstName',
      errors: [{ field: 'firstName' }, { field: 'phone' }],
    })
    expect(JSON.parse((await stage.sendJson(slug, { ...PERSON, status: 'JOB_WON' })).text)).toMatchObject({
      code: 'field.unknown',
      field: 'status',
    })
    expect((await stage.sendJson('nothing', PERSON)).headers.get('content-type')).toContain('problem+json')
  })
})

describe('GET /forms/{slug}/embed.js', () => {
  it('frames the form that it belongs to', async () => {
    const { slug } = await stage.company()
    const script = await stage.get(`/${slug}/embed.js`)
    expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8'])
    expect(script.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    const frame: Record<string, unknown> = { style: {}, addEventListener: () => undefined }
    const src = `${stage.server.baseUrl}/forms/${slug}/embed.js?v=1`
    const put: unknown[] = []
    const current = { src, dataset: {}, replaceWith: (element: unknown) => put.push(element) }
    const page = { currentScript: current, createElement: () => frame }
    new Function('document', 'addEventListener', script.text)(page, () => undefined)
    expect(put).toEqual([frame])
    expect(frame).toMatchObject({
      src: `${stage.server.baseUrl}/forms/${slug}`,
      title: 'Ask us',
      style: { height: '980px' },
    })
  })
})
