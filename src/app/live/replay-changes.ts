import { findNewestPlace, listAnnounced } from '../../store/pipeline/live-log.ts'
import type { App, Principal } from '../app.ts'
import type { LiveChange, LivePlace } from '../feed.ts'
import { changesOf } from './changes-of.ts'

const CHANGES_MAX = 1_000
/** Announcements of all companies that are looked through for one; busy servers make ten a second. */
const ANNOUNCEMENTS_MAX = 5_000

export interface Replay {
  /** In the order in which they were announced; null when that is more than is worth telling, or not known any more. */
  readonly changes: readonly LiveChange[] | null
  /** Whatever is announced behind this is still to come. */
  readonly place: LivePlace
}

/**
 * What a listener missed who has heard everything up to a place; nothing, for one that begins. Whoever subscribes before
 * asking, and then passes over what lies at or before the answer's place, misses nothing and hears nothing twice.
 */
export async function replayChanges(app: App, caller: Principal, heard: LivePlace | null): Promise<Replay> {
  const limits = { rowsMax: ANNOUNCEMENTS_MAX, linesMax: CHANGES_MAX }
  const found = heard === null ? null : await listAnnounced(app.db, caller.companyId, { after: heard, ...limits })
  if (found !== null) {
    return { changes: found.told.flatMap(({ place, lines }) => changesOf(place, lines)), place: found.newest }
  }
  return { changes: heard === null ? [] : null, place: await findNewestPlace(app.db) }
}
