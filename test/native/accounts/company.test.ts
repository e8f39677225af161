import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { STATUSES } from '../../../src/core/lead/follow-ups.ts'
import { STATUS_RULES } from '../../../src/core/lead/status-rules.ts'
import { clientOf, problemOf } from '../client.ts'
import { type Browser, openBrowser } from './browser.ts'
import { openStage, type Stage, type StagedCompany } from './stage.ts'

const HOUR = 3_600_000
const stage: Stage = await openStage()
let company: StagedCompany
let admin: Browser

beforeEach(async () => {
  company = await stage.company()
  admin = await stage.signIn(company)
})
afterAll(() => stage.close())

const show = async () => (await admin.call('GET', '/company')).body
const edit = (body: unknown) => admin.call('PATCH', '/company', { body })

describe('the settings of a company', () => {
  test('begin with the rule table and an address for the form', async () => {
    const open = STATUSES.filter((status) => !STATUS_RULES[status].final)
    expect(await show()).toEqual({
      id: company.companyId,
      name: expect.any(String),
      currency: 'CAD',
      timeZone: 'UTC',
      offerAnswerHours: 0,
      followUpHours: Object.fromEntries(open.map((status) => [status, STATUS_RULES[status].followUpHours])),
      categories: [],
      types: [],
      stages: [],
      sources: [],
      form: {
        enabled: false,
        slug: expect.stringMatching(/^[0-9a-f]{16}$/),
        title: expect.any(String),
        intro: '',
        thanks: expect.any(String),
        categories: [],
        notify: true,
      },
    })
  })

  test('are changed in part; the rest stays', async () => {
    const before = await show()
    const changes = {
      name: ' Elm & Sons ',
      currency: 'USD',
      timeZone: 'America/Toronto',
      offerAnswerHours: 48,
      followUpHours: { QUOTE_SENT: 12, CONTACT_MADE: null },
      categories: ['Kitchen', ' Bath '],
      sources: ['Fair'],
      form: { enabled: true, title: 'Ask us', categories: ['Roof'], notify: false },
    }
    const { status, body } = await edit(changes)
    expect(status).toBe(200)
    const form = { ...(before['form'] as object), ...changes.form }
    const followUpHours = { ...(before['followUpHours'] as object), ...changes.followUpHours }
    expect(body).toEqual({
      ...before,
      ...changes,
      name: 'Elm & Sons',
      categories: ['Kitchen', 'Bath'],
      followUpHours,
      form,
    })
    expect(await show()).toEqual(body)
    expect((await edit({ followUpHours: { QUOTE_SENT: 24 } })).body).toMatchObject({
      followUpHours: { ...followUpHours, QUOTE_SENT: 24 },
    })
    expect((await admin.call('GET', '/session')).body).toMatchObject({
      company: { name: 'Elm & Sons', currency: 'USD', timeZone: 'America/Toronto' },
    })
  })

  const long = 'x'.repeat(101)
  test.each([
    [{ name: '' }, 'name'],
    [{ name: null }, 'name'],
    [{ currency: 'cad' }, 'currency'],
    [{ currency: 'XYZ' }, 'currency'],
    [{ currency: 7 }, 'currency'],
    [{ timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ timeZone: '+05:00' }, 'timeZone'],
    [{ timeZone: '' }, 'timeZone'],
    [{ offerAnswerHours: -1 }, 'offerAnswerHours'],
    [{ offerAnswerHours: 8761 }, 'offerAnswerHours'],
    [{ offerAnswerHours: 1.5 }, 'offerAnswerHours'],
    [{ offerAnswerHours: '3' }, 'offerAnswerHours'],
    [{ followUpHours: { QUOTE_SENT: 0 } }, 'followUpHours.QUOTE_SENT'],
    [{ followUpHours: { JOB_WON: 3 } }, 'followUpHours.JOB_WON'],
    [{ followUpHours: { NO_SUCH: 3 } }, 'followUpHours.NO_SUCH'],
    [{ followUpHours: [] }, 'followUpHours'],
    [{ followUpHours: null }, 'followUpHours'],
    [{ categories: 'Kitchen' }, 'categories'],
    [{ categories: ['Kitchen', 'Kitchen '] }, 'categories'],
    [{ types: [''] }, 'types'],
    [{ types: [7] }, 'types'],
    [{ stages: [long] }, 'stages'],
    [{ sources: Array.from({ length: 101 }, (_, i) => `s${i}`) }, 'sources'],
    [{ sources: ['a\u0000'] }, 'sources'],
    [{ form: { title: ' ' } }, 'form.title'],
    [{ form: { thanks: 'x'.repeat(1001) } }, 'form.thanks'],
    [{ form: { enabled: 'yes' } }, 'form.enabled'],
    [{ form: { notify: 1 } }, 'form.notify'],
    [{ form: { slug: 'mine' } }, 'form.slug'],
    [{ form: { color: 'red' } }, 'form.color'],
    [{ form: null }, 'form'],
    [{ id: 7 }, 'id'],
    [{ plan: 'gold' }, 'plan'],
  ])('%j is refused by its field, and nothing of the request is kept', async (body, field) => {
    const before = await show()
    const answer = await edit({ name: 'Never', ...body })
    expect(problemOf(answer)).toMatchObject({ status: 400, field })
    expect(await show()).toEqual(before)
  })

  test('are for admins and tokens to change, for members to read, for nobody else', async () => {
    const member = await stage.signIn(await stage.user(company.companyId, 'member'))
    expect((await member.call('GET', '/company')).status).toBe(200)
    for (const [method, path] of [
      ['PATCH', '/company'],
      ['POST', '/company/form/new-slug'],
    ] as const) {
      const denied = await member.call(method, path, method === 'PATCH' ? { body: { name: 'Mine' } } : {})
      expect(problemOf(denied)).toMatchObject({ status: 403, code: 'permission.denied' })
    }
    const program = clientOf(stage, company)
    expect((await program('PATCH', '/company', { body: { name: 'By token' } })).body).toMatchObject({
      name: 'By token',
    })
    const nobody = await openBrowser(stage.baseUrl).call('PATCH', '/company', { body: {} })
    expect(problemOf(nobody)).toMatchObject({ status: 401 })
  })

  describe('under If-Match', () => {
    const editAs = (tag: string, body: unknown) =>
      admin.call('PATCH', '/company', { body, headers: { 'if-match': tag } })
    const tagNow = async () => (await admin.call('GET', '/company')).headers.get('etag') ?? ''

    test('are changed once by two who saw the same; the tag follows each change', async () => {
      const seen = await tagNow()
      expect(seen).toMatch(/^"[\w-]+"$/)
      expect(await tagNow()).toBe(seen)
      const both = await Promise.all([editAs(seen, { types: ['First'] }), editAs(seen, { types: ['Second'] })])
      expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
      for (const answer of both) {
        if (answer.status === 412) expect(problemOf(answer)).toMatchObject({ code: 'company.changed-meanwhile' })
        else expect(answer.headers.get('etag')).toBe(await tagNow())
      }
      const late = await editAs(seen, { types: ['Third'] })
      expect(problemOf(late)).toEqual({ status: 412, code: 'company.changed-meanwhile', field: undefined })
      expect((await editAs(await tagNow(), { types: ['Third'] })).status).toBe(200)
      expect(await show()).toMatchObject({ types: ['Third'] })
      const renewed = await admin.call('POST', '/company/form/new-slug')
      expect(renewed.headers.get('etag')).toBe(await tagNow())
    })

    test('take * and a list of tags; what promises nothing is refused', async () => {
      expect((await editAs('*', { name: 'Any' })).status).toBe(200)
      expect((await editAs(`"other", ${await tagNow()}`, { name: 'Listed' })).status).toBe(200)
      for (const tag of [`W/${await tagNow()}`, 'bare']) {
        const answer = await editAs(tag, { name: 'Never' })
        expect(problemOf(answer)).toMatchObject({ status: 400, code: 'request.header-invalid' })
      }
      expect(await show()).toMatchObject({ name: 'Listed' })
    })
  })

  const slugOf = (body: Record<string, unknown>) => (body['form'] as { slug: string }).slug

  test('the form gets one new address by two who saw the same', async () => {
    const seen = (await admin.call('GET', '/company')).headers.get('etag') ?? ''
    const renew = (tag: string) => admin.call('POST', '/company/form/new-slug', { headers: { 'if-match': tag } })
    const both = await Promise.all([renew(seen), renew(seen)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
    const [renewed, late] = both[0]?.status === 200 ? both : both.toReversed()
    expect(late === undefined ? null : problemOf(late)).toMatchObject({ code: 'company.changed-meanwhile' })
    expect(slugOf(await show())).toBe(slugOf(renewed?.body ?? {}))
    expect(problemOf(await renew('bare'))).toMatchObject({ status: 400, code: 'request.header-invalid' })
    expect((await renew(renewed?.headers.get('etag') ?? '')).status).toBe(200)
  })

  test('the form gets a new address on wish', async () => {
    const before = slugOf(await show())
    const renewed = await admin.call('POST', '/company/form/new-slug')
    expect(slugOf(renewed.body)).toMatch(/^[0-9a-f]{16}$/)
    expect(slugOf(renewed.body)).not.toBe(before)
    expect(slugOf(await show())).toBe(slugOf(renewed.body))
  })
})

describe('follow-up times act', () => {
  const inHours = (hours: number) => new Date(stage.app.clock().getTime() + hours * HOUR).toISOString()

  test('from the next offer, acceptance and report on, by every door', async () => {
    const program = clientOf(stage, company)
    const operator = await stage.signIn(await stage.user(null, 'operator'))
    const body = { companyId: company.companyId, lead: { firstName: 'Ann' } }
    await edit({ offerAnswerHours: 5, followUpHours: { NO_RESPONSE: 2, QUOTE_SENT: 9 } })
    const { id } = (await operator.call('POST', '/operator/offers', { body })).body as { id: number }
    const due = async () => (await program('GET', `/leads/${id}`)).body['actionDueAt']
    expect(await due()).toBe(inHours(5))
    expect((await program('POST', `/leads/${id}/accept`)).body['actionDueAt']).toBe(inHours(2))
    const reported = await fetch(`${stage.baseUrl}/rest-api-v1/general-leads/${id}/status`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${company.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ status: 'QUOTE_SENT' }),
    })
    expect(reported.status).toBe(200)
    expect(await due()).toBe(inHours(9))
    await edit({ followUpHours: { QUOTE_SENT: null } })
    expect(await due()).toBe(inHours(9))
    await program('POST', `/leads/${id}/status`, { body: { status: 'QUOTE_SENT' } })
    expect(await due()).toBeNull()
  })

  test('and reach another server within five seconds', async () => {
    const elsewhere = clientOf({ baseUrl: await stage.otherServer() }, company)
    const add = async () => (await elsewhere('POST', '/leads', { body: { firstName: 'Ann' } })).body['actionDueAt']
    expect(await add()).toBe(inHours(24))
    await edit({ followUpHours: { NO_RESPONSE: 3 } })
    stage.pass(5000)
    expect(await add()).toBe(inHours(3))
  })
})

describe('saved views', () => {
  const save = (name: unknown, query: unknown, browser = admin) =>
    browser.call('POST', '/views', { body: { name, query } })
  const names = async (browser = admin) =>
    ((await browser.call('GET', '/views')).body['views'] as { name: string }[]).map(({ name }) => name)

  test('are kept for one user by name; the same name replaces', async () => {
    const saved = await save(' Mine ', 'assignee=me')
    expect([saved.status, saved.body]).toEqual([201, { id: expect.any(Number), name: 'Mine', query: 'assignee=me' }])
    expect((await save('Mine', 'assignee=none')).body).toEqual({ ...saved.body, query: 'assignee=none' })
    await save('All', '')
    expect(await names()).toEqual(['All', 'Mine'])
    const colleague = await stage.signIn(await stage.user(company.companyId, 'member'))
    expect(await names(colleague)).toEqual([])
    const path = `/views/${saved.body['id']}`
    expect(problemOf(await colleague.call('DELETE', path))).toMatchObject({ status: 404 })
    expect((await admin.call('DELETE', path)).status).toBe(204)
    expect(problemOf(await admin.call('DELETE', path))).toMatchObject({ status: 404, code: 'request.not-found' })
    expect(await names()).toEqual(['All'])
  })

  test('are bounded', async () => {
    for (let i = 0; i < 100; i += 1) expect((await save(`View ${i}`, 'q=x')).status).toBe(201)
    expect(problemOf(await save('One more', 'q=x'))).toMatchObject({ status: 409, code: 'limit.reached' })
    expect((await save('View 7', 'q=y')).status).toBe(201)
  })

  test.each([
    ['', 'q=x', 'name'],
    ['x', 'q'.repeat(4001), 'query'],
    ['x', 7, 'query'],
    ['x', undefined, 'query'],
  ])('name %j with query %j is refused', async (name, query, field) => {
    expect(problemOf(await save(name, query))).toMatchObject({ status: 400, field })
  })
})
