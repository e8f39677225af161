/** Thrown when a gate has no room left, not even to wait. */
export class GateFullError extends Error {
  constructor() {
    super('Too many callers are waiting already.')
    this.name = 'GateFullError'
  }
}

export interface GateOptions {
  /** Pieces of work that run at once. */
  readonly parallelMax: number
  /** Callers that may wait; one more is turned away with GateFullError. */
  readonly waitingMax: number
}

export type Gate = <T>(work: () => Promise<T>) => Promise<T>

/** Lets a few pieces of work run at once, in the order of arrival, and a bounded number wait. */
export function makeGate({ parallelMax, waitingMax }: GateOptions): Gate {
  const waiting: Array<() => void> = []
  let running = 0
  return async (work) => {
    if (running < parallelMax) running += 1
    else {
      if (waiting.length >= waitingMax) throw new GateFullError()
      // Whoever finishes hands its place over, so `running` stays as it is.
      await new Promise<void>((enter) => waiting.push(enter))
    }
    try {
      return await work()
    } finally {
      const enter = waiting.shift()
      if (enter === undefined) running -= 1
      else enter()
    }
  }
}
