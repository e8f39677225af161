import { afterAll } from 'vitest'
import { currentSigningKey } from '../../src/app/credentials/signing-key.ts'
import { makeStamp } from '../../src/lib/stamp.ts'
import { startServer, type TestCompany, type TestServer } from '../support/server.ts'

export interface FormCompany extends TestCompany {
  readonly slug: string
}

export interface Page {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** The words that every good submission of a test has. */
export const PERSON = { firstName: 'Robin', lastName: 'Vance', email: 'robin@example.com' }

/** A server whose companies have their form switched on. */
export class FormStage {
  readonly server: TestServer

  constructor(server: TestServer) {
    this.server = server
  }

  async company(settings: { intro?: string; thanks?: string; categories?: string[] } = {}): Promise<FormCompany> {
    const company = await this.server.company()
    const { intro = '', thanks = 'We will call you.', categories = [] } = settings
    const [row] = await this.server.db.query<{ slug: string }>({
      text: `UPDATE company SET form_enabled = true, form_title = 'Ask us', form_intro = $2, form_thanks = $3,
        form_categories = $4 WHERE id = $1 RETURNING form_slug AS slug`,
      values: [company.companyId, intro, thanks, categories],
    })
    return { ...company, slug: row?.slug ?? '' }
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Page> {
    const response = await fetch(`${this.server.baseUrl}/forms${path}`, { headers, redirect: 'manual' })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }

  async post(path: string, body: string, headers: Record<string, string>): Promise<Page> {
    const init = { method: 'POST', body, headers, redirect: 'manual' } as const
    const response = await fetch(`${this.server.baseUrl}/forms${path}`, init)
    return { status: response.status, headers: response.headers, text: await response.text() }
  }

  /** As a browser sends a form. */
  send(slug: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Page> {
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    return this.post(`/${slug}`, new URLSearchParams(fields).toString(), { ...type, ...headers })
  }

  sendJson(slug: string, body: unknown): Promise<Page> {
    return this.post(`/${slug}`, JSON.stringify(body), { 'content-type': 'application/json' })
  }

  /** A stamp of a form that was opened so many seconds ago. */
  async stamp(slug: string, secondsAgo = 60): Promise<string> {
    const { secret } = await currentSigningKey(this.server.db)
    return makeStamp({ secret, purpose: 'lead form', subject: slug }, Date.now() - secondsAgo * 1000)
  }

  /** The company's leads that came through its form, newest first. */
  leadsOf({ companyId }: TestCompany): Promise<Record<string, unknown>[]> {
    return this.server.db.query({
      text: `SELECT first_name, last_name, display_name, email, phone, category, original_description, source, action,
        status, viewed FROM lead WHERE company_id = $1 AND source = 'form' ORDER BY id DESC`,
      values: [companyId],
    })
  }
}

export async function makeFormStage(settings: Record<string, string> = {}): Promise<FormStage> {
  const server = await startServer(settings)
  afterAll(() => server.close())
  return new FormStage(server)
}

/** The value of an input of a page, as a browser would read it. */
export function inputValue(page: Page, name: string): string | null {
  const value = new RegExp(`name="${name}"[^>]* value="([^"]*)"`).exec(page.text)?.[1]
  return value === undefined ? null : unescapeHtml(value)
}

export function unescapeHtml(text: string): string {
  const marks: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }
  return text.replace(/&(?:lt|gt|quot|#39|amp);/g, (mark) => marks[mark] ?? mark)
}
