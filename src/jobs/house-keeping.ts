import type { App } from '../app/app.ts'
import { removeForgottenUploads } from '../app/attachments/upload-folders.ts'
import { forgetOldFailures } from '../app/credentials/login-throttle.ts'
import { deleteExpired } from '../store/credentials/expired.ts'
import { forgetAnswers } from '../store/idempotency-cleanup.ts'
import { forgetRuns } from '../store/sync/run-log.ts'
import { deleteExpiredSecrets, deleteLeftBehind, deleteOldAttempts } from '../store/webhooks/old-rows.ts'

const HOUR_MS = 3_600_000
/** Promised: 24 hours. Twice that, so that a retry at the edge never meets a forgotten key. */
const ANSWER_KEPT_MS = 48 * HOUR_MS
/** Promised of the log of webhooks: 30 days. */
const ATTEMPTS_KEPT_MS = 30 * 24 * HOUR_MS
/** The same of the runs of connections. */
const RUNS_KEPT_MS = 30 * 24 * HOUR_MS
const RUN_EVERY_MS = HOUR_MS
const ROWS_AT_ONCE = 5000

/** Removes what no promise keeps any more, a bounded piece at a time. Any number of processes may run it. */
export function startHouseKeeping(
  app: App,
  log: (message: string, fields: Record<string, unknown>) => void,
): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve()
  const timer = setInterval(() => {
    running = sweep(app).catch((error: unknown) => log('house-keeping failed', { error: String(error) }))
  }, RUN_EVERY_MS)
  timer.unref()
  return {
    async stop(): Promise<void> {
      clearInterval(timer)
      await running
    },
  }
}

/** One pass over everything. */
export async function sweep(app: App): Promise<void> {
  const before = new Date(app.clock().getTime() - ANSWER_KEPT_MS).toISOString()
  while ((await forgetAnswers(app.db, before, ROWS_AT_ONCE)) === ROWS_AT_ONCE);
  await forgetOldFailures(app)
  await deleteExpired(app.db, app.clock())
  await removeForgottenUploads({ now: app.clock() })
  await sweepWebhooks(app)
  const runsBefore = new Date(app.clock().getTime() - RUNS_KEPT_MS)
  while ((await forgetRuns(app.db, runsBefore, ROWS_AT_ONCE)) === ROWS_AT_ONCE);
}

async function sweepWebhooks(app: App): Promise<void> {
  const before = new Date(app.clock().getTime() - ATTEMPTS_KEPT_MS)
  while ((await deleteOldAttempts(app.db, before, ROWS_AT_ONCE)) === ROWS_AT_ONCE);
  while (await deleteLeftBehind(app.db, ROWS_AT_ONCE));
  await deleteExpiredSecrets(app.db, app.clock())
}
