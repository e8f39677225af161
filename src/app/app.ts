import type { Actor } from '../core/lead/events.ts'
import type { SharedRuns } from '../lib/shared-runs.ts'
import type { Database } from '../store/database.ts'
import type { LeadReader } from '../store/lead-reader.ts'
import type { Charge, LeadWriter } from '../store/lead-writer/types.ts'
import type { FollowUps } from './company/follow-ups.ts'
import type { Revocations } from './credentials/revocations.ts'
import type { Feed } from './feed.ts'
import type { DeliveryMeter } from './health/delivery-meter.ts'
import type { Mail } from './mail/mail.ts'
import type { SecretBox } from './sessions/secret-box.ts'
import type { Upstreams } from './sync/upstreams.ts'

/** What every use case may use. Made once by the composition root; nothing of it is global. */
export interface App {
  readonly db: Database
  readonly writer: LeadWriter
  readonly reader: LeadReader
  readonly clock: () => Date
  readonly feed: Feed
  readonly followUps: FollowUps
  readonly revocations: Revocations
  readonly mail: Mail
  /** What the webhooks of this process do, for whoever counts it. */
  readonly deliveries: DeliveryMeter
  readonly secrets: SecretBox
  readonly upstreams: Upstreams
  /** For reads that take long and that several may ask for at once. */
  readonly shared: SharedRuns
}

/** Who makes a request, proven by credentials: every query is scoped by this company. */
export interface Principal {
  readonly companyId: number
  readonly actor: Actor
}

/** A principal together with the count that this one request owes to the credential's rate windows. */
export interface Caller extends Principal {
  /** Absent where limits are off, or where the request was counted already. */
  readonly charge?: Charge
}
