import { makeSharedRuns } from '../lib/shared-runs.ts'
import type { App } from './app.ts'
import { makeFollowUps } from './company/follow-ups.ts'
import { makeRevocations } from './credentials/revocations.ts'
import { SILENT_FEED } from './feed.ts'
import { makeDeliveryMeter } from './health/delivery-meter.ts'
import { NO_MAIL } from './mail/mail.ts'
import { NO_SECRETS } from './sessions/secret-box.ts'
import { NO_UPSTREAMS } from './sync/upstreams.ts'

type Store = Pick<App, 'db' | 'writer' | 'reader' | 'clock'>
export type Services = Partial<Pick<App, 'feed' | 'mail' | 'secrets' | 'upstreams'>>

/**
 * The app over an open store. Without `feed` nobody waits for lists, without `mail` nothing is sent, without `secrets`
 * nothing can be encrypted, and without `upstreams` none is reached.
 */
export function makeApp(store: Store, services: Services = {}): App {
  const { feed = SILENT_FEED, mail = NO_MAIL, secrets = NO_SECRETS, upstreams = NO_UPSTREAMS } = services
  const followUps = makeFollowUps(store.db, store.clock)
  const deliveries = makeDeliveryMeter()
  const revocations = makeRevocations()
  const shared = makeSharedRuns()
  return { ...store, feed, followUps, revocations, mail, secrets, upstreams, deliveries, shared }
}
