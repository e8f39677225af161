import { type Answer, clientOf } from '../client.ts'

export interface BrowserCall {
  readonly body?: unknown
  /** '' leaves a header out that would be sent. */
  readonly headers?: Readonly<Record<string, string>>
}

/** Keeps cookies and says where its writes come from, as a browser on a page of the site does. */
export interface Browser {
  call(method: string, path: string, call?: BrowserCall): Promise<Answer>
  /** The Cookie header that the next call sends; undefined without cookies. */
  cookie(): string | undefined
  /** Another browser that got hold of the same cookies. */
  clone(): Browser
}

export function openBrowser(baseUrl: string, jar: Map<string, string> = new Map()): Browser {
  const site = clientOf({ baseUrl }, null)
  const cookie = () => (jar.size === 0 ? undefined : [...jar].map((pair) => pair.join('=')).join('; '))
  return {
    async call(method, path, { body, headers = {} } = {}) {
      const own: Record<string, string> = { origin: baseUrl }
      const sent = cookie()
      if (sent !== undefined) own['cookie'] = sent
      const all = Object.entries({ ...own, ...headers }).filter(([, value]) => value !== '')
      const parts = body === undefined ? {} : { body }
      const answer = await site(method, path, { ...parts, headers: Object.fromEntries(all) })
      for (const line of answer.headers.getSetCookie()) keep(jar, line)
      return answer
    },
    cookie,
    clone: () => openBrowser(baseUrl, new Map(jar)),
  }
}

function keep(jar: Map<string, string>, line: string): void {
  const [pair = '', ...rules] = line.split('; ')
  const at = pair.indexOf('=')
  if (rules.includes('Max-Age=0')) jar.delete(pair.slice(0, at))
  else jar.set(pair.slice(0, at), pair.slice(at + 1))
}

export interface Login {
  readonly email: string
  readonly password: string
}

/** A browser with a session; throws when the log-in is refused. */
export async function signIn(baseUrl: string, { email, password }: Login): Promise<Browser> {
  const browser = openBrowser(baseUrl)
  const answer = await browser.call('POST', '/session', { body: { email, password } })
  if (answer.status !== 200) throw new Error(`The log-in was refused: ${answer.status} ${answer.text}`)
  return browser
}
