export interface StopOptions {
  /** Time for a graceful stop, in seconds; after it the process is forced. */
  readonly graceSeconds: number
  readonly log: (level: 'info' | 'warn' | 'error', message: string, fields?: Record<string, unknown>) => void
  readonly stop: () => Promise<void>
  readonly force: () => Promise<void>
}

/**
 * npm and a terminal both pass one Ctrl-C on, so one wish to stop can arrive two or three times; repeats within this
 * time are the same wish.
 */
const ECHO_MS = 1000

/** First SIGTERM, SIGINT or SIGHUP: drain and stop. A second one, or the end of the grace: force. */
export function onStopSignals({ graceSeconds, log, stop, force }: StopOptions): void {
  let firstAt: number | null = null
  let forced = false
  const forceNow = (reason: string, exitCode: number) => {
    if (forced) return
    forced = true
    log('warn', `forced stop: ${reason}`)
    const exit = () => process.exit(exitCode)
    force().then(exit, exit)
    setTimeout(exit, 5000).unref()
  }
  const onSignal = (signal: string) => {
    const now = Date.now()
    if (firstAt !== null) {
      if (now - firstAt > ECHO_MS) forceNow(`second ${signal}`, 130)
      return
    }
    firstAt = now
    log('info', `stopping on ${signal}`)
    setTimeout(() => forceNow(`not done within ${graceSeconds} s`, 1), graceSeconds * 1000).unref()
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log('error', 'the stop failed', { error: String(error) })
        forceNow('the graceful stop failed', 1)
      },
    )
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => onSignal(signal))
  // The launcher holds a channel open: when it is gone (killed, terminal closed), the server goes too.
  if (process.connected) process.on('disconnect', () => onSignal('the end of the launcher'))
}
