import { addUser } from '../../src/app/credentials/add-user.ts'
import { sendDigests } from '../../src/app/digest/send-digests.ts'
import { readConfig } from '../../src/config.ts'
import { makeMailer } from '../../src/jobs/mailer.ts'
import { openApp } from '../../src/open-app.ts'
import { type Browser, type Login, signIn } from '../native/accounts/browser.ts'
import { type MailServer, openMailServer } from '../native/accounts/mail-server.ts'
import { type Client, clientOf } from '../native/client.ts'
import { untilListed } from '../support/lists.ts'
import { startServer, type TestCompany, type TestServer } from '../support/server.ts'

export const SITE = 'https://desk.example'
const CONFIG = readConfig({ LOG_LEVEL: 'fatal' }, process.cwd())

export interface Member extends Login {
  readonly userId: number
  readonly browser: Browser
}

/** A server that sends no mails of mornings by itself, and processes that do so when the test says. */
export interface Office {
  readonly server: TestServer
  readonly mail: MailServer
  /** A company in whose time zone it is past that hour now, and not yet the next. */
  company(hour: number): Promise<TestCompany & { readonly call: Client }>
  /** A user who wants the mail, as it is switched on in the profile. */
  member(companyId: number, name?: string): Promise<Member>
  /** So many processes send what is to be sent, at the same time; resolves to what they have logged. */
  morning(processes?: number): Promise<string[]>
  close(): Promise<void>
}

export async function openOffice(): Promise<Office> {
  const mail = await openMailServer()
  const server = await startServer()
  const { connection } = server.db
  let members = 0

  async function oneProcess(lines: string[]): Promise<void> {
    const log = (message: string, fields: Record<string, unknown>) => lines.push(`${message} ${JSON.stringify(fields)}`)
    const mailer = makeMailer({ url: mail.url, from: 'desk@lead.example', log })
    const { app, close } = openApp(CONFIG, connection, () => undefined, { mail: mailer })
    await sendDigests(app, { site: SITE, log, isOver: () => false })
    await mailer.stop()
    await close()
  }

  return {
    server,
    mail,
    async company(hour) {
      const company = await server.company()
      const call = clientOf(server, company)
      await call('PATCH', '/company', { body: { timeZone: zoneAt(hour), offerAnswerHours: 0 } })
      return { ...company, call }
    },
    async member(companyId, name = 'Robin Oak') {
      members += 1
      const login = { email: `member${members}@elm.example`, password: 'long enough indeed' }
      const { app, close } = openApp(CONFIG, connection, () => undefined)
      const { id } = await addUser(app, { companyId, role: 'member', name, ...login })
      await close()
      const browser = await signIn(server.baseUrl, login)
      const switched = await browser.call('PATCH', '/me', { body: { digest: true } })
      if (switched.status !== 200) throw new Error(`The switch was refused: ${switched.text}`)
      return { ...login, userId: id, browser }
    },
    async morning(processes = 1) {
      await untilListed(server.db)
      const lines: string[] = []
      await Promise.all(Array.from({ length: processes }, () => oneProcess(lines)))
      return lines
    },
    async close() {
      await server.close()
      await mail.close()
    },
  }
}

/** A time zone in which it is between that hour and the next. */
function zoneAt(hour: number): string {
  const east = ((hour - new Date().getUTCHours() + 36) % 24) - 12
  // The sign of these names is that of the old Unix: what lies east of Greenwich has a minus.
  return east === 0 ? 'UTC' : `Etc/GMT${east > 0 ? '-' : '+'}${Math.abs(east)}`
}
