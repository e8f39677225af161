import { refuse } from '../../core/errors.ts'
import { GateFullError } from '../../lib/gate.ts'

/** Runs work that takes a place in a queue; a full queue becomes the refusal `server.busy`. */
export async function refusingWhenFull<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof GateFullError)) throw error
    return refuse('server.busy', 'Too many log-ins are waiting; try again shortly.', { retryAfterSeconds: 1 })
  }
}
