/** Carries work out once for all who ask for the same at the same time; `key` says what is the same. */
export type SharedRuns = <T>(key: string, work: () => Promise<T>) => Promise<T>

/**
 * Who asks while the same is under way waits for the run after it, together with everybody else who does: the one under
 * way may have looked before something was written that he knows of. So of one key no more than one runs.
 */
export function makeSharedRuns(): SharedRuns {
  const running = new Map<string, Promise<unknown>>()
  const next = new Map<string, Promise<unknown>>()
  const start = (key: string, work: () => Promise<unknown>): Promise<unknown> => {
    const run = work().finally(() => running.delete(key))
    running.set(key, run)
    return run
  }
  const follow = (key: string, current: Promise<unknown>, work: () => Promise<unknown>): Promise<unknown> => {
    const run = current
      .catch(() => undefined)
      .then(() => {
        next.delete(key)
        return start(key, work)
      })
    next.set(key, run)
    return run
  }
  return <T>(key: string, work: () => Promise<T>) => {
    const current = running.get(key)
    const run = current === undefined ? start(key, work) : (next.get(key) ?? follow(key, current, work))
    // The same key is the same work, and so the same type.
    return run as Promise<T>
  }
}
