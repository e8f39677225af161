import { findOutboxLag, type OutboxLag } from '../../store/pipeline/outbox-lag.ts'
import type { App } from '../app.ts'

export type { OutboxLag }

/** Enough to see that something is wrong; nobody needs the exact number then. */
const DEPTH_MAX = 100_000

/** How far the lists are behind the leads; null when the store cannot say. */
export async function measureLag(app: App): Promise<OutboxLag | null> {
  return findOutboxLag(app.db, DEPTH_MAX).catch(() => null)
}
