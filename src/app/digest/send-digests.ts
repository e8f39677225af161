import { sha256 } from '../../lib/sha256.ts'
import {
  claimDigests,
  type DigestClaim,
  type DigestOutcome,
  finishDigest,
  isDigestWanted,
  releaseDigest,
} from '../../store/digests.ts'
import type { App } from '../app.ts'
import { MailError, type Message } from '../mail/mail.ts'
import { composeDigest } from './compose-digest.ts'
import { readDigest } from './read-digest.ts'

const CLAIMS_AT_ONCE = 20
const PARALLEL = 4
/** Longer than a mail server can take for all of them, each in its turn. */
const CLAIM_MS = 15 * 60_000
/** After a mail server that did not take it. */
const RETRY_MS = 10 * 60_000
const ATTEMPTS_MAX = 5

export interface DigestRun {
  /** Address of the portal, without a slash at the end. */
  readonly site: string
  readonly log: (message: string, fields: Record<string, unknown>) => void
  /** True once no more is to be begun. */
  readonly isOver: () => boolean
}

/**
 * Sends the mails of this morning that nobody has sent, or holds, yet. A mail is claimed before and marked after, so no
 * two processes send it; one whose process dies between is sent again, at the worst a second time under the same
 * Message-ID: a mail that comes twice is better than none.
 */
export async function sendDigests(app: App, run: DigestRun): Promise<void> {
  while (!run.isOver()) {
    const now = app.clock()
    const until = new Date(now.getTime() + CLAIM_MS)
    const claims = await claimDigests(app.db, { now, until, limit: CLAIMS_AT_ONCE })
    const left = [...claims]
    const work = async () => {
      for (let claim = left.shift(); claim !== undefined; claim = left.shift()) await sendOne(app, claim, run)
    }
    await Promise.all(Array.from({ length: PARALLEL }, work))
    if (claims.length < CLAIMS_AT_ONCE) return
  }
}

/** One that cannot be sent now is let go, for whichever process tries next. */
async function sendOne(app: App, claim: DigestClaim, { site, log, isOver }: DigestRun): Promise<void> {
  if (isOver()) return releaseDigest(app.db, claim, app.clock())
  try {
    await finish(app, claim, await deliver(app, claim, site))
  } catch (error) {
    const isLast = claim.attempt >= ATTEMPTS_MAX || (error instanceof MailError && error.isFinal)
    const { companyId, userId, attempt } = claim
    log('the mail of a morning was not sent', { companyId, userId, attempt, isLast, error: String(error) })
    if (isLast) await finish(app, claim, 'failed')
    else await releaseDigest(app.db, claim, new Date(app.clock().getTime() + RETRY_MS))
  }
}

async function deliver(app: App, claim: DigestClaim, site: string): Promise<DigestOutcome> {
  const { companyId, userId } = claim
  const message = await compose(app, claim, site)
  // Asked last: who was switched off a moment ago gets nothing.
  if (message === null || !(await isDigestWanted(app.db, companyId, userId))) return 'nothing'
  await app.mail.send(message)
  return 'sent'
}

async function compose(app: App, claim: DigestClaim, site: string): Promise<Message | null> {
  const digest = await readDigest(app, claim)
  return composeDigest(digest, { ...claim, id: messageId(claim, site) }, site)
}

/** The same at each attempt, and told apart from that of any other installation; no word of whom it is for. */
function messageId({ companyId, userId, day }: DigestClaim, site: string): string {
  const name = sha256(`${site} ${companyId} ${userId} ${day}`).toString('hex').slice(0, 32)
  return `<digest.${name}@${new URL(site).hostname}>`
}

function finish(app: App, claim: DigestClaim, outcome: DigestOutcome): Promise<void> {
  return finishDigest(app.db, claim, { outcome, at: app.clock() })
}
