import { describe, expect, it } from 'vitest'
import { type Call, problemOf } from '../client.ts'
import { expectStatus, makeLeadStage } from './lead-stage.ts'

const stage = await makeLeadStage()

/** The company's user as a browser: signed in, and sending where a request comes from. */
async function signIn(): Promise<(method: string, path: string, call?: Call) => ReturnType<typeof stage.call>> {
  const { email, password } = stage.company
  const session = expectStatus(await stage.asNobody('POST', '/session', { body: { email, password } }), 200)
  const cookie = session.headers.getSetCookie().map((one) => one.split(';', 1)[0])
  const headers = { cookie: cookie.join('; '), origin: stage.server.baseUrl }
  return (method, path, call = {}) =>
    stage.asNobody(method, path, { ...call, headers: { ...headers, ...call.headers } })
}

describe('a signed-in user', () => {
  it('makes leads that came through the portal, and is named in their timeline', async () => {
    const browser = await signIn()
    const made = expectStatus(await browser('POST', '/leads', { body: { firstName: 'Ann' } }), 201)
    expect(made.body).toMatchObject({ source: 'portal', boardStage: 'New' })
    const id = made.body['id']
    const user = await stage.userOf(stage.company)
    expectStatus(await browser('PATCH', `/leads/${id}`, { body: { assigneeId: user } }), 200)
    const { body } = await browser('GET', `/leads/${id}/timeline`)
    const who = { kind: 'user', id: String(user), name: expect.stringMatching(/./) }
    expect(body['entries']).toMatchObject([
      { face: 'native', actor: who },
      { face: 'native', actor: who, event: 'lead.created' },
    ])
  })

  it('cannot be made to write by another site', async () => {
    const browser = await signIn()
    const headers = { origin: 'https://evil.example' }
    const answer = await browser('POST', '/leads', { body: { firstName: 'Ann' }, headers })
    expect(problemOf(answer)).toMatchObject({ status: 403, code: 'request.cross-site' })
  })
})
