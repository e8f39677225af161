export interface LoopOptions {
  /** Pause after a run that names none, and after one that failed. */
  readonly everyMs: number
  /** Resolves to the pause before the next run. */
  readonly run: () => Promise<number | undefined>
  /** Told of the first of several failures in a row. */
  readonly onError: (error: unknown) => void
}

/** Runs something again and again, never twice at a time; `stop` waits for the run that is under way. */
export function startLoop({ everyMs, run, onError }: LoopOptions): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> = Promise.resolve()
  let hasFailed = false
  let isStopped = false

  function plan(pauseMs: number): void {
    if (isStopped) return
    timer = setTimeout(() => {
      running = once()
    }, pauseMs)
    timer.unref()
  }

  async function once(): Promise<void> {
    let pauseMs: number | undefined
    try {
      pauseMs = await run()
      hasFailed = false
    } catch (error) {
      if (!hasFailed) onError(error)
      hasFailed = true
    }
    plan(pauseMs ?? everyMs)
  }

  running = once()
  return {
    async stop(): Promise<void> {
      isStopped = true
      clearTimeout(timer)
      await running
    },
  }
}
