import type { BrowserContextOptions, Page } from 'playwright-core'
import { OnlineClient } from '../constructiononline/client.ts'
import { openBrowser, type Browser as Session, signIn } from '../native/accounts/browser.ts'
import { type Client, clientOf } from '../native/client.ts'
import { clientOf as vendorClientOf } from '../renovationfind/client.ts'
import type { TestServer } from '../support/server.ts'
import { makeStage, type Stage } from './support.ts'

/** The stage of a browser test together with the wire APIs of its company, to prepare leads and to look at them. */
export interface Desk extends Stage {
  readonly native: Client
  readonly vendor: Client
  readonly online: OnlineClient
  /** A lead that was offered and not answered. */
  offered(fields?: Record<string, unknown>): Promise<number>
  /** A lead that was offered and accepted. */
  accepted(fields?: Record<string, unknown>): Promise<number>
  /** The whole lead as the native API shows it. */
  lead(id: number): Promise<Record<string, unknown>>
  /** An address of the portal in a browser of its own, with the admin signed in. */
  visit(address: string, options?: BrowserContextOptions): Promise<Page>
  /** The same with another user of the company, of whom this is the name. */
  visitAs(name: string, address: string, options?: BrowserContextOptions): Promise<Page>
}

export async function makeDesk(settings: Record<string, string> = {}): Promise<Desk> {
  const stage = await makeStage(settings)
  const { server, company } = stage
  const native = clientOf(server, company)
  const sessions = new Map<string, Session>()
  const admin = await signIn(server.baseUrl, company)
  const offered = (fields: Record<string, unknown> = {}) => server.offer(company.companyId, fields)
  const visitWith = async (session: Session, address: string, options: BrowserContextOptions = {}) => {
    const page = await stage.open(options)
    await page.context().addCookies(cookiesOf(session, server))
    await page.goto(address)
    await page.getByRole('heading', { level: 1 }).waitFor()
    return page
  }
  return {
    ...stage,
    native,
    vendor: vendorClientOf(server, company),
    online: new OnlineClient(server, company),
    offered,
    async accepted(fields = {}) {
      const id = await offered(fields)
      await expectOk(native('POST', `/leads/${id}/accept`))
      return id
    },
    async lead(id) {
      return (await expectOk(native('GET', `/leads/${id}`))).body
    },
    visit: (address, options) => visitWith(admin, address, options),
    async visitAs(name, address, options) {
      const session = sessions.get(name) ?? (await addColleague(admin, server, name))
      sessions.set(name, session)
      return visitWith(session, address, options)
    },
  }
}

/** Has a colleague invited, who follows the link; signed in then. */
async function addColleague(admin: Session, { baseUrl }: TestServer, name: string): Promise<Session> {
  const email = `${name.toLowerCase().replace(/\W+/g, '.')}@example.com`
  const invited = await expectOk(admin.call('POST', '/invitations', { body: { email, role: 'member' } }))
  const token = String(invited.body['link']).split('/').at(-1)
  const colleague = openBrowser(baseUrl)
  const body = { name, password: `a long password of ${name}` }
  await expectOk(colleague.call('POST', `/invitations/by-token/${token}`, { body }))
  return colleague
}

function cookiesOf(session: Session, { baseUrl }: TestServer) {
  return (session.cookie() ?? '').split('; ').map((pair) => {
    const [name = '', ...value] = pair.split('=')
    return { name, value: value.join('='), url: baseUrl }
  })
}

/** The answer, when it is a good one. */
export async function expectOk<A extends { status: number; text: string }>(asked: Promise<A>): Promise<A> {
  const answer = await asked
  if (answer.status >= 300) throw new Error(`refused: ${answer.status} ${answer.text}`)
  return answer
}

/** A mark that a reload of the page would wipe away. */
export async function markPage(page: Page): Promise<void> {
  await page.evaluate(() => document.documentElement.setAttribute('data-mark', 'kept'))
}

export async function isMarked(page: Page): Promise<boolean> {
  return (await page.locator('html[data-mark="kept"]').count()) === 1
}
