import { checkLoginEmail, emailKey } from '../../core/account-rules.ts'
import { refuse } from '../../core/errors.ts'
import { sha256 } from '../../lib/sha256.ts'
import { findCompany, lockCompany } from '../../store/credentials/companies.ts'
import { hasCompanyUser } from '../../store/credentials/company-users.ts'
import { countInvitations, type InvitationRow, saveInvitation } from '../../store/credentials/invitations.ts'
import type { App } from '../app.ts'
import { countInvitation } from '../credentials/login-throttle.ts'
import { orRefuse } from '../credentials/or-refuse.ts'
import type { Message } from '../mail/mail.ts'
import { makeSecret } from '../sessions/open-session.ts'
import { checkRole } from './check-role.ts'
import { invitationLink } from './links.ts'

const DAY_MS = 86_400_000
const LIFE_DAYS = 7
const INVITATIONS_MAX = 200

export interface InvitationOrder {
  readonly companyId: number
  /** Name of the admin who invites. */
  readonly invitedBy: string
  readonly email: unknown
  readonly role: unknown
  /** Address of the portal. */
  readonly site: string
}

export interface IssuedInvitation {
  readonly invitation: InvitationRow
  /** Shown this once: only its hash is stored. */
  readonly link: string
  /** Whether an e-mail carries the link, too. */
  readonly sent: boolean
}

/**
 * Invites somebody into the company for seven days; an open invitation of the same address is replaced. Says nothing of
 * users of other companies: whoever owns the address finds out when accepting.
 */
export async function inviteUser(app: App, order: InvitationOrder): Promise<IssuedInvitation> {
  const { companyId, invitedBy, site } = order
  const email = orRefuse(checkLoginEmail(order.email))
  const role = checkRole(order.role)
  const token = makeSecret()
  const at = app.clock()
  const expiresAt = new Date(at.getTime() + LIFE_DAYS * DAY_MS)
  const key = emailKey(email)
  await countInvitation(app, key)
  const invitation = await app.db.transaction(async (tx) => {
    await lockCompany(tx, companyId)
    if (await hasCompanyUser(tx, companyId, key)) {
      refuse('field.invalid', '{email} is the address of a user of the company already.', { field: 'email' })
    }
    if ((await countInvitations(tx, companyId, at)) >= INVITATIONS_MAX) {
      refuse('limit.reached', `A company has at most ${INVITATIONS_MAX} open invitations.`)
    }
    const row = { companyId, email, emailKey: key, role, tokenHash: sha256(token), invitedBy, at, expiresAt }
    return saveInvitation(tx, row)
  })
  const link = invitationLink(site, token)
  app.mail.post(async () => {
    const company = await findCompany(app.db, companyId)
    return company === null ? null : invitationMessage(invitation, company.name, link)
  })
  return { invitation, link, sent: app.mail.isOn }
}

function invitationMessage({ email, invitedBy }: InvitationRow, company: string, link: string): Message {
  const text = `Hello,

${invitedBy} invites you to work on the leads of ${company} with Leadwright. Join within ${LIFE_DAYS} days:

${link}

If you do not know what this is about, nothing needs to be done.
`
  return { to: email, subject: `Join ${company.replace(/\s+/g, ' ')} on Leadwright`, text }
}
