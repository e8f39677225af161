import type { Lead } from '../../core/lead/lead.ts'
import { leadName } from '../../core/lead/visible.ts'
import { admit } from '../../core/rate-windows.ts'
import { html, NOTHING } from '../../lib/html.ts'
import { oneLine } from '../../lib/text.ts'
import { listCompanyUsers } from '../../store/credentials/company-users.ts'
import { lockRateRow, saveRateRow } from '../../store/credentials/rate-rows.ts'
import type { LeadForm } from '../../store/lead-forms.ts'
import type { App } from '../app.ts'
import type { Message } from '../mail/mail.ts'
import { leadLink } from '../users/links.ts'

/** Of one form: whoever fills in forms must not be able to fill letter boxes. */
const MAIL_LIMIT = { name: 'hour', seconds: 3600, limit: 30 } as const
const WORDS_LENGTH_MAX = 1000

export interface News {
  readonly form: LeadForm
  readonly lead: Lead
  /** Address of the portal; null where none is set, and then no mail is sent. */
  readonly site: string | null
}

/** Tells the company's admins by mail of a lead that came through the form, beside the request; never throws. */
export function tellOffice(app: App, { form, lead, site }: News): void {
  if (!form.notify || site === null || !app.mail.isOn) return
  findReaders(app, form).then(
    (readers) => {
      for (const to of readers) app.mail.post(async () => composeNews(to, form, lead, site))
    },
    // The lead stands on the board in any case.
    () => undefined,
  )
}

/** Addresses of the active admins; none once the hour's mails are used up. */
async function findReaders(app: App, { companyId }: LeadForm): Promise<string[]> {
  const subject = `form-mail:${companyId}`
  const isFree = await app.db.transaction(async (tx) => {
    const counted = admit(await lockRateRow(tx, subject), [MAIL_LIMIT], app.clock().getTime())
    if (counted.admitted) await saveRateRow(tx, subject, counted.state)
    return counted.admitted
  })
  if (!isFree) return []
  const users = await listCompanyUsers(app.db, companyId)
  return users.filter(({ role, active }) => role === 'admin' && active).map(({ email }) => email)
}

function composeNews(to: string, { companyName }: LeadForm, lead: Lead, site: string): Message {
  const name = oneLine(leadName(lead))
  const intro = `${name} has sent a request through the form of ${oneLine(companyName)}.`
  const facts = [lead.email, lead.phone, lead.category, lead.city].filter((fact) => fact !== null).map(oneLine)
  const said = cut(lead.originalDescription ?? '')
  const link = leadLink(site, lead.id)
  const off = `${site}/settings/form`
  const lines = [intro, '', ...facts.map((fact) => `- ${fact}`), '', ...said.split('\n').map((line) => `> ${line}`)]
  return {
    to,
    subject: `New request: ${name}`,
    text: `${lines.join('\n')}\n\n${OPEN}\n${link}\n\n${OUTRO}\n${off}\n`,
    html: html`<!doctype html>
<html lang="en"><body style="font-family: sans-serif; line-height: 1.5; color: #1f2933; max-width: 40rem">
<p>${intro}</p>
<ul>${facts.map((fact) => html`<li>${fact}</li>`)}</ul>
${said === '' ? NOTHING : html`<blockquote style="white-space: pre-wrap">${said}</blockquote>`}
<p><a href="${link}">${OPEN}</a></p>
<p style="font-size: 0.85em; color: #52606d">${OUTRO} <a href="${off}">${off}</a></p>
</body></html>
`,
  }
}

const OPEN = 'Open the lead'
const OUTRO = 'You get this mail because you are an admin and the form says so. Switch it off there:'

function cut(text: string): string {
  const plain = text.replace(/(?:(?!\n)[\s\p{C}])+/gu, ' ').trim()
  return plain.length > WORDS_LENGTH_MAX ? `${plain.slice(0, WORDS_LENGTH_MAX)}…` : plain
}
