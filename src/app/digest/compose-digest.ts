import { leadName } from '../../core/lead/visible.ts'
import { type Html, html, NOTHING } from '../../lib/html.ts'
import { oneLine } from '../../lib/text.ts'
import type { Message } from '../mail/mail.ts'
import type { LeadInList } from '../pipeline/lead-cards.ts'
import { leadLink, leadsLink, profileLink } from '../users/links.ts'
import type { Digest, DigestList } from './read-digest.ts'

export interface DigestReader {
  readonly name: string
  readonly email: string
  readonly companyName: string
  /** Names the message. */
  readonly id: string
}

interface Section {
  readonly title: string
  readonly count: string
  readonly leads: readonly { readonly name: string; readonly link: string }[]
  /** A line about those that are not listed; null when all are. */
  readonly more: string | null
  readonly moreLink: string
}

/** The mail of a morning; null when there is nothing to tell. `site` is the address of the portal. */
export function composeDigest(digest: Digest, reader: DigestReader, site: string): Message | null {
  const sections = [
    sectionOf(
      'Require action',
      digest.requiresAction,
      site,
      leadsLink(site, { requiresAction: 'true', assignee: 'me' }),
    ),
    sectionOf('Next action due', digest.nextActions, site, leadsLink(site, { assignee: 'me', sort: 'next-action' })),
    sectionOf(
      'Offers waiting for an answer',
      digest.offers,
      site,
      leadsLink(site, { boardStage: 'Offered', sort: 'oldest' }),
    ),
  ].filter(({ leads }) => leads.length > 0)
  if (sections.length === 0) return null
  const { email, id } = reader
  const parts = { greeting: `Good morning ${oneLine(reader.name)},`, sections, off: profileLink(site) }
  return { to: email, id, subject: subjectOf(digest, reader), text: textOf(parts), html: htmlOf(parts) }
}

interface Parts {
  readonly greeting: string
  readonly sections: readonly Section[]
  readonly off: string
}

const INTRO = 'this is waiting for you today:'
const OUTRO = 'You get this mail because it is switched on in your profile. Switch it off there:'

function sectionOf(title: string, list: DigestList, site: string, moreLink: string): Section {
  const { count, leads } = list
  const left = count - leads.length
  return {
    title,
    count: `${Math.max(count, leads.length)}${orMore(list)}`,
    leads: leads.map(({ lead }: LeadInList) => ({ name: oneLine(leadName(lead)), link: leadLink(site, lead.id) })),
    more: left > 0 ? `and ${left}${orMore(list)} more` : null,
    moreLink,
  }
}

function subjectOf({ requiresAction, nextActions, offers }: Digest, { companyName }: DigestReader): string {
  const parts = [
    counted(requiresAction, 'requires action', 'require action'),
    counted(nextActions, 'next action', 'next actions'),
    counted(offers, 'offer', 'offers'),
  ].filter((part) => part !== null)
  return `${oneLine(companyName)} today: ${parts.join(', ')}`
}

function counted(list: DigestList, one: string, many: string): string | null {
  const { count } = list
  return count === 0 ? null : `${count}${orMore(list)} ${count === 1 ? one : many}`
}

/** Behind a number at which counting stopped. */
function orMore({ countIsExact }: DigestList): string {
  return countIsExact ? '' : '+'
}

function textOf({ greeting, sections, off }: Parts): string {
  const blocks = sections.map(({ title, count, leads, more, moreLink }) => {
    const lines = leads.map(({ name, link }) => `- ${name}\n  ${link}`)
    if (more !== null) lines.push(`- ${more}\n  ${moreLink}`)
    return `${title} (${count})\n\n${lines.join('\n')}\n`
  })
  return `${greeting}\n\n${INTRO}\n\n${blocks.join('\n')}\n${OUTRO}\n${off}\n`
}

function htmlOf({ greeting, sections, off }: Parts): Html {
  return html`<!doctype html>
<html lang="en"><body style="font-family: sans-serif; line-height: 1.5; color: #1f2933; max-width: 40rem">
<p>${greeting}</p>
<p>${INTRO}</p>
${sections.map(sectionHtml)}
<p style="font-size: 0.85em; color: #52606d">${OUTRO} <a href="${off}">${off}</a></p>
</body></html>
`
}

function sectionHtml({ title, count, leads, more, moreLink }: Section): Html {
  const rest = more === null ? NOTHING : html`<li><a href="${moreLink}">${more}</a></li>\n`
  return html`<h2 style="font-size: 1.1em">${title} (${count})</h2>
<ul>
${leads.map(({ name, link }) => html`<li><a href="${link}">${name}</a></li>\n`)}${rest}</ul>
`
}
