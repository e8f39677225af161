import { RefusalError } from '../core/errors.ts'
import type { Charge } from '../store/lead-writer/types.ts'
import type { App } from './app.ts'

/** Counts a call that writes no lead against its credential's rate windows; throws when a window is full. */
export async function countCall(app: App, charge: Charge): Promise<void> {
  const outcome = await app.writer.charge(charge)
  if (outcome.kind === 'refused') throw new RefusalError(outcome.refusal)
}
