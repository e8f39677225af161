import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { clientOf, problemOf } from '../client.ts'
import { type Browser, openBrowser } from './browser.ts'
import { linkIn, openStage, type Stage, type StagedCompany } from './stage.ts'

const DAY = 86_400_000
const stage: Stage = await openStage()
let company: StagedCompany
let admin: Browser

beforeEach(async () => {
  company = await stage.company()
  admin = await stage.signIn(company)
})
afterAll(() => stage.close())

const edit = (id: number, body: unknown, browser = admin) => browser.call('PATCH', `/users/${id}`, { body })

describe('users', () => {
  test('are listed for members too, with all that the portal shows', async () => {
    const member = await stage.user(company.companyId, 'member')
    await stage.company()
    const browser = await stage.signIn(member)
    const { status, body } = await browser.call('GET', '/users')
    expect(status).toBe(200)
    const users = body['users'] as Record<string, unknown>[]
    expect(users).toHaveLength(2)
    expect(users.find(({ id }) => id === member.userId)).toEqual({
      id: member.userId,
      name: expect.any(String),
      email: member.email,
      role: 'member',
      active: true,
      twoFactor: false,
      createdAt: stage.app.clock().toISOString(),
      lastSeenAt: stage.app.clock().toISOString(),
    })
  })

  test('are changed by an admin', async () => {
    const member = await stage.user(company.companyId, 'member')
    const changed = await edit(member.userId, { name: ' Sam Elm ', role: 'admin' })
    expect(changed.status).toBe(200)
    expect(changed.body).toMatchObject({ id: member.userId, name: 'Sam Elm', role: 'admin', active: true })
  })

  test('that are switched off are out at once, by every door, and can come back', async () => {
    const member = await stage.user(company.companyId, 'member')
    const browser = await stage.signIn(member)
    const basic = `Basic ${Buffer.from(`${member.email}:${member.password}`).toString('base64')}`
    const byKey = async () => {
      const headers = { authorization: basic, apikey: company.apiKey }
      const response = await fetch(`${stage.baseUrl}/api/Leads`, { headers })
      await response.arrayBuffer()
      return response.status
    }
    expect(await byKey()).toBe(200)
    expect((await edit(member.userId, { active: false })).body).toMatchObject({ active: false })
    expect(problemOf(await browser.call('GET', '/session'))).toMatchObject({ code: 'session.ended' })
    expect(await byKey()).toBe(401)
    await expect(stage.signIn(member)).rejects.toThrow('401')
    await edit(member.userId, { active: true })
    expect((await browser.call('GET', '/session')).status).toBe(401)
    await stage.signIn(member)
  })

  test('the last active admin stays one, also when two leave at the same moment', async () => {
    for (const body of [{ role: 'member' }, { active: false }]) {
      expect(problemOf(await edit(company.userId, body))).toMatchObject({ status: 409, code: 'user.last-admin' })
    }
    const second = await stage.user(company.companyId, 'admin')
    const other = await stage.signIn(second)
    const answers = await Promise.all([
      edit(company.userId, { role: 'member' }),
      edit(second.userId, { active: false }, other),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  test.each([
    [{ role: 'operator' }, 400, 'role'],
    [{ role: null }, 400, 'role'],
    [{ active: 'no' }, 400, 'active'],
    [{ name: '' }, 400, 'name'],
    [{ email: 'a@b.example' }, 400, 'email'],
  ])('%j is refused', async (body, status, field) => {
    const member = await stage.user(company.companyId, 'member')
    expect(problemOf(await edit(member.userId, body))).toMatchObject({ status, field })
  })

  test('of another company are not there', async () => {
    const elsewhere = await stage.company()
    for (const id of [elsewhere.userId, 999_999, 0]) {
      expect(problemOf(await edit(id, { active: false }))).toMatchObject({ status: 404, code: 'request.not-found' })
    }
    expect(problemOf(await edit(Number.NaN, {}))).toMatchObject({ status: 400, code: 'request.id-invalid' })
    await stage.signIn(elsewhere)
  })
})

describe('who may', () => {
  const forAdmins: readonly [string, string][] = [
    ['PATCH', '/users/1'],
    ['GET', '/invitations'],
    ['POST', '/invitations'],
    ['DELETE', '/invitations/1'],
    ['GET', '/tokens'],
    ['POST', '/tokens'],
    ['DELETE', '/tokens/00000000-0000-4000-8000-000000000000'],
    ['GET', '/api-keys'],
    ['POST', '/api-keys'],
    ['DELETE', '/api-keys/1'],
  ]

  test.each(forAdmins)('%s %s is for admins: no member, no token, no operator, nobody', async (method, path) => {
    const member = await stage.signIn(await stage.user(company.companyId, 'member'))
    const operator = await stage.signIn(await stage.user(null, 'operator'))
    const denied = { status: 403, code: 'permission.denied' }
    const body = method === 'GET' || method === 'DELETE' ? {} : { body: {} }
    expect(problemOf(await member.call(method, path, body))).toMatchObject(denied)
    expect(problemOf(await operator.call(method, path, body))).toMatchObject(denied)
    expect(problemOf(await clientOf(stage, company)(method, path, body))).toMatchObject(denied)
    const nobody = await openBrowser(stage.baseUrl).call(method, path, body)
    expect(problemOf(nobody)).toMatchObject({ status: 401, code: 'credentials.missing' })
  })

  test('an operator has no company, a token no person', async () => {
    const operator = await stage.signIn(await stage.user(null, 'operator'))
    for (const path of ['/company', '/users', '/views', '/leads/1', '/lead-statuses']) {
      expect(problemOf(await operator.call('GET', path)), path).toMatchObject({ status: 403 })
    }
    for (const path of ['/users', '/views', '/session', '/operator/companies']) {
      expect(problemOf(await clientOf(stage, company)('GET', path)), path).toMatchObject({ status: 403 })
    }
    expect((await operator.call('GET', '/session')).body).toMatchObject({ user: { role: 'operator' }, company: null })
  })
})

describe('an invitation', () => {
  const invite = async (email: string, role = 'member') => {
    const answer = await admin.call('POST', '/invitations', { body: { email, role } })
    expect(answer.status).toBe(201)
    const { link, sent, invitation } = answer.body as { link: string; sent: boolean; invitation: { id: number } }
    expect(sent).toBe(false)
    const url = linkIn({ text: link })
    expect(url.origin).toBe(stage.baseUrl)
    expect(url.pathname).toMatch(/^\/invitation\/[\w-]{43}$/)
    return { id: invitation.id, path: `/invitations/by-token/${url.pathname.split('/')[2]}` }
  }
  const accept = (path: string, body: unknown = { name: 'Kim New', password: 'long enough for all' }) => {
    const browser = openBrowser(stage.baseUrl)
    return browser.call('POST', path, { body }).then((answer) => ({ ...answer, browser }))
  }

  test('is listed, shown to whoever holds the link, and accepting it signs in', async () => {
    const { id, path } = await invite('Kim@new.example', 'admin')
    const listed = (await admin.call('GET', '/invitations')).body['invitations']
    expect(listed).toEqual([
      {
        id,
        email: 'Kim@new.example',
        role: 'admin',
        createdAt: stage.app.clock().toISOString(),
        expiresAt: new Date(stage.app.clock().getTime() + 7 * DAY).toISOString(),
        invitedBy: expect.any(String),
      },
    ])
    const shown = await openBrowser(stage.baseUrl).call('GET', path)
    expect(shown.body).toEqual({ email: 'Kim@new.example', company: expect.stringMatching(/^Company/), role: 'admin' })
    const { status, body, browser } = await accept(path)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      user: { name: 'Kim New', email: 'Kim@new.example', role: 'admin' },
      company: { id: company.companyId },
    })
    expect((await browser.call('GET', '/tokens')).status).toBe(200)
    expect((await admin.call('GET', '/invitations')).body['invitations']).toEqual([])
    expect(problemOf(await accept(path))).toMatchObject({ status: 404, code: 'link.invalid' })
  })

  test('can be cancelled, is replaced by a newer one, and is over after seven days', async () => {
    const cancelled = await invite('a@new.example')
    expect((await admin.call('DELETE', `/invitations/${cancelled.id}`)).status).toBe(204)
    const again = await admin.call('DELETE', `/invitations/${cancelled.id}`)
    expect(problemOf(again)).toMatchObject({ status: 404, code: 'request.not-found' })
    const replaced = await invite('b@new.example')
    const newer = await invite('B@new.example')
    const late = await invite('c@new.example')
    for (const { path } of [cancelled, replaced]) {
      expect(problemOf(await accept(path))).toMatchObject({ code: 'link.invalid' })
    }
    expect((await accept(newer.path)).status).toBe(200)
    stage.pass(7 * DAY)
    expect(problemOf(await accept(late.path))).toMatchObject({ code: 'link.invalid' })
    expect(problemOf(await openBrowser(stage.baseUrl).call('GET', late.path))).toMatchObject({ code: 'link.invalid' })
  })

  test('accepted twice at the same moment makes one user', async () => {
    const { path } = await invite('twice@new.example')
    const answers = await Promise.all([accept(path), accept(path), accept(path)])
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  test('a weak password or no name leaves the link as it is', async () => {
    const { path } = await invite('weak@new.example')
    const good = { name: 'Kim', password: 'long enough for all' }
    expect(problemOf(await accept(path, { ...good, password: 'short' }))).toMatchObject({ field: 'password' })
    expect(problemOf(await accept(path, { ...good, name: ' ' }))).toMatchObject({ field: 'name' })
    expect(problemOf(await accept(path, { ...good, role: 'admin' }))).toMatchObject({ code: 'field.unknown' })
    expect((await accept(path, good)).status).toBe(200)
  })

  test('says nothing of users of other companies until they accept', async () => {
    const elsewhere = await stage.company()
    const { path } = await invite(elsewhere.email)
    expect(problemOf(await accept(path))).toMatchObject({ status: 400, field: 'email' })
    const own = await admin.call('POST', '/invitations', { body: { email: company.email, role: 'member' } })
    expect(problemOf(own)).toEqual({ status: 400, code: 'field.invalid', field: 'email' })
  })

  test('fills nobody’s letter box: after five of one address there is a pause', async () => {
    for (let i = 0; i < 5; i += 1) await invite('often@new.example')
    const body = { email: 'OFTEN@new.example', role: 'member' }
    const refused = await admin.call('POST', '/invitations', { body })
    expect(problemOf(refused)).toMatchObject({ status: 429, code: 'credentials.throttled' })
    await invite('seldom@new.example')
  })

  test('of another company is not there', async () => {
    const { id } = await invite('mine@new.example')
    const other = await stage.signIn(await stage.company())
    expect((await other.call('GET', '/invitations')).body['invitations']).toEqual([])
    expect((await other.call('DELETE', `/invitations/${id}`)).status).toBe(404)
  })

  test.each([
    [{ email: 'no address', role: 'member' }, 'email'],
    [{ role: 'member' }, 'email'],
    [{ email: 'a@new.example' }, 'role'],
    [{ email: 'a@new.example', role: 'operator' }, 'role'],
    [{ email: 'a@new.example', role: 'member', name: 'x' }, 'name'],
  ])('%j is refused', async (body, field) => {
    expect(problemOf(await admin.call('POST', '/invitations', { body }))).toMatchObject({ status: 400, field })
  })
})
