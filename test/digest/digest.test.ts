import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signIn } from '../native/accounts/browser.ts'
import { problemOf } from '../native/client.ts'
import { type Office, openOffice, SITE } from './office.ts'

let office: Office

beforeAll(async () => {
  office = await openOffice()
})
afterAll(() => office.close())

const yesterday = () => new Date(Date.now() - 86_400_000 * 2).toISOString().slice(0, 10)

describe('the mail of a morning', () => {
  it('lists what is the user’s own, and the offers, each with its name and link', async () => {
    const { companyId, call } = await office.company(8)
    const [robin, sam] = [await office.member(companyId, 'Robin Oak'), await office.member(companyId, 'Sam Elm')]
    const offer = await office.server.offer(companyId, { category: 'Kitchen <b>&' })
    const due = await makeDue(call, robin.userId, { displayName: 'Jordan\nMiller <script>' })
    const next = await call('POST', '/leads', {
      body: { firstName: 'Next', lastName: 'One', assigneeId: robin.userId, nextActionDate: yesterday() },
    })
    await makeDue(call, sam.userId, { firstName: 'Sams', lastName: 'Own' })
    await makeDue(call, null, { firstName: 'Nobodys', lastName: 'Own' })
    await office.morning()
    const { subject, text, html, id, from } = await office.mail.next(robin.email)
    expect(from).toBe('desk@lead.example')
    expect(id).toMatch(/^<digest\.[0-9a-f]{32}@desk\.example>$/)
    expect(subject).toMatch(/ today: 1 requires action, 1 next action, 1 offer$/)
    expect(text.replaceAll('\r\n', '\n')).toBe(`Good morning Robin Oak,

this is waiting for you today:

Require action (1)

- Jordan Miller <script>
  ${SITE}/leads/${due}

Next action due (1)

- Next One
  ${SITE}/leads/${next.body['id']}

Offers waiting for an answer (1)

- Kitchen <b>&
  ${SITE}/leads/${offer}

You get this mail because it is switched on in your profile. Switch it off there:
${SITE}/settings/profile
`)
    expect(html).toContain(`<a href="${SITE}/leads/${due}">Jordan Miller &lt;script&gt;</a>`)
    expect(html).toContain(`<a href="${SITE}/leads/${offer}">Kitchen &lt;b&gt;&amp;</a>`)
    expect(html).not.toContain('<script>')
    expect((await office.mail.next(sam.email)).text).not.toContain('Jordan')
  })

  it('lists fifteen of each and says how many more there are', async () => {
    const { companyId } = await office.company(8)
    const { email } = await office.member(companyId)
    for (let n = 0; n < 17; n += 1) await office.server.offer(companyId)
    await office.morning()
    const { text, subject } = await office.mail.next(email)
    expect(subject).toMatch(/ today: 17 offers$/)
    expect(text.match(/- Kitchen renovation/g)).toHaveLength(15)
    expect(text).toContain(`- and 2 more\r\n  ${SITE}/leads?boardStage=Offered&sort=oldest`)
  })

  it('is sent once a morning, however many processes send', async () => {
    const { companyId } = await office.company(9)
    await office.server.offer(companyId)
    const members = []
    for (let n = 0; n < 25; n += 1) members.push(await office.member(companyId))
    await office.morning(3)
    await office.morning()
    for (const { email } of members) expect(office.mail.count(email)).toBe(1)
    await office.server.db.query({ text: 'UPDATE digest_mail SET day = day - 1' })
    await office.morning(3)
    for (const { email } of members) expect(office.mail.count(email)).toBe(2)
  }, 60_000)

  it.each([3, 13, 20])('is not sent at %i o’clock', async (hour) => {
    const { companyId } = await office.company(hour)
    const { email } = await office.member(companyId)
    await office.server.offer(companyId)
    await office.morning()
    expect(office.mail.count(email)).toBe(0)
  })

  it('is not sent when there is nothing to tell, and not to anybody who does not want it or is not there', async () => {
    const empty = await office.member((await office.company(8)).companyId)
    const { companyId, ...login } = await office.company(8)
    const [off, out] = [await office.member(companyId), await office.member(companyId)]
    await office.server.offer(companyId)
    await off.browser.call('PATCH', '/me', { body: { digest: false } })
    const admin = await signIn(office.server.baseUrl, login)
    expect((await admin.call('PATCH', `/users/${out.userId}`, { body: { active: false } })).status).toBe(200)
    await office.morning()
    for (const { email } of [empty, off, out, login]) expect(office.mail.count(email)).toBe(0)
  })

  it('tells nothing of another company', async () => {
    const [mine, other] = [await office.company(8), await office.company(8)]
    const { email, userId } = await office.member(mine.companyId)
    await office.server.offer(mine.companyId)
    await office.server.offer(other.companyId, { category: 'Of another company' })
    // As no request can make it: an assignee of another company.
    const stray = await makeDue(other.call, null, { firstName: 'Stray' })
    for (const table of ['lead', 'lead_card', 'lead_search']) {
      const id = table === 'lead' ? 'id' : 'lead_id'
      await office.server.db.query({
        text: `UPDATE ${table} SET assignee_id = $2 WHERE ${id} = $1`,
        values: [stray, userId],
      })
    }
    await office.morning()
    const { text } = await office.mail.next(email)
    expect(text).not.toMatch(/Of another company|Stray/)
  })
})

describe('a mail that does not get through', () => {
  it('is sent by the next process when the one that had it was killed', async () => {
    const { companyId } = await office.company(8)
    const { email, userId } = await office.member(companyId)
    await office.server.offer(companyId)
    await office.morning()
    const first = await office.mail.next(email)
    // Killed after the mail was taken, and before that was noted.
    const revive = 'UPDATE digest_mail SET outcome = NULL, claimed_until = now() + $2::interval WHERE user_id = $1'
    await office.server.db.query({ text: revive, values: [userId, '5 minutes'] })
    await office.morning()
    expect(office.mail.count(email)).toBe(1)
    await office.server.db.query({ text: revive, values: [userId, '-1 second'] })
    await office.morning(2)
    expect(office.mail.count(email)).toBe(2)
    expect((await office.mail.next(email)).id).toBe(first.id)
  })

  it('is tried again later when the mail server was busy, and given up when it says no', async () => {
    const { companyId } = await office.company(8)
    const { email, userId } = await office.member(companyId)
    await office.server.offer(companyId)
    const outcome = async () => {
      const text = 'SELECT outcome, attempts, claimed_until > now() AS waits FROM digest_mail WHERE user_id = $1'
      return (await office.server.db.query({ text, values: [userId] }))[0]
    }
    office.mail.answerOnce(451)
    expect((await office.morning()).join()).toContain('"isLast":false')
    expect(await outcome()).toEqual({ outcome: null, attempts: 1, waits: true })
    await office.server.db.query({
      text: 'UPDATE digest_mail SET claimed_until = now() WHERE user_id = $1',
      values: [userId],
    })
    office.mail.answerOnce(550)
    expect((await office.morning()).join()).toContain('"isLast":true')
    expect(await outcome()).toMatchObject({ outcome: 'failed', attempts: 2 })
    await office.morning()
    expect(office.mail.count(email)).toBe(0)
  })
})

describe('PATCH /v1/me with digest', () => {
  it('is off until it is switched on, and shown', async () => {
    const { companyId: _, ...login } = await office.company(3)
    const browser = await signIn(office.server.baseUrl, login)
    expect((await browser.call('GET', '/session')).body).toMatchObject({ user: { digest: false } })
    const on = await browser.call('PATCH', '/me', { body: { digest: true } })
    expect(on.body).toMatchObject({ user: { digest: true } })
    expect((await browser.call('GET', '/session')).body).toEqual(on.body)
    expect((await browser.call('PATCH', '/me', { body: { digest: false } })).body).toMatchObject({
      user: { digest: false },
    })
  })

  it.each([['true'], [1], [null], [[]]])('refuses %j', async (digest) => {
    const { companyId: _, ...login } = await office.company(3)
    const browser = await signIn(office.server.baseUrl, login)
    const refused = await browser.call('PATCH', '/me', { body: { digest, name: 'Not saved' } })
    expect(problemOf(refused)).toEqual({ status: 400, code: 'field.invalid', field: 'digest' })
    expect((await browser.call('GET', '/session')).text).not.toContain('Not saved')
  })

  it('is refused to an operator, who has no leads', async () => {
    const browser = await signIn(office.server.baseUrl, await office.server.operator())
    const refused = await browser.call('PATCH', '/me', { body: { digest: true } })
    expect(problemOf(refused)).toEqual({ status: 400, code: 'field.not-allowed', field: 'digest' })
  })
})

/** A lead of the company's own that requires action now. */
async function makeDue(
  call: (method: string, path: string, call?: { body?: unknown }) => Promise<{ body: Record<string, unknown> }>,
  assigneeId: number | null,
  customer: Record<string, string>,
): Promise<number> {
  const { body } = await call('POST', '/leads', { body: { ...customer, assigneeId } })
  const won = { status: 'LEAD_WON', jobAmount: '900.00', startDateTbd: true, completionDateTbd: true }
  await call('POST', `/leads/${body['id']}/status`, { body: won })
  return Number(body['id'])
}
